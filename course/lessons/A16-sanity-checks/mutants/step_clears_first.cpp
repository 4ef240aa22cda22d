// slip: the gradient is set to 0 before the weights move
// why: Then nothing moves. First use the gradient, then clear it.
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
  gradient.assign(w.size(), 0.0);
  for (size_t j = 0; j < w.size(); j++) w[j] -= rate * gradient[j];
}
