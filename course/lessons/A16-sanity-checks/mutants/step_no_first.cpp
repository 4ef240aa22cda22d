// slip: the first weight does not move
// why: The loop has to begin at 0.
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
  for (size_t j = 1; j < w.size(); j++) w[j] -= rate * gradient[j];
  gradient.assign(w.size(), 0.0);
}
