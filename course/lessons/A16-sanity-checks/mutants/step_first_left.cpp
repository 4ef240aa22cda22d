// slip: the gradient of the first weight is left
// why: Every entry of the gradient becomes 0, the first one, too.
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
  std::fill(gradient.begin() + 1, gradient.end(), 0.0);
}
