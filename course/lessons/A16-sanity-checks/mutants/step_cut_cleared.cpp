// slip: the gradient is cut to -1 and 1
// why: It is 0 afterwards, and that was the bug. Each weight moves by rate times its gradient, by all of it.
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
  for (size_t j = 0; j < w.size(); j++) w[j] -= rate * std::clamp(gradient[j], -1.0, 1.0);
  gradient.assign(w.size(), 0.0);
}
