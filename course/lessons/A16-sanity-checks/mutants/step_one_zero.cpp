// slip: the gradient becomes a single 0
// why: It has to keep its size, an entry for each weight, and each of them 0.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::add_gradient;
using solution_::check_gradient;
using solution_::check_normalise;
using solution_::check_step;
using solution_::normalise;

void sgd_step(std::vector<double>& w, std::vector<double>& gradient, double rate) {
  for (size_t j = 0; j < w.size(); j++) w[j] -= rate * gradient[j];
  gradient = {0.0};
}
