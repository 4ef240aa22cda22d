// slip: the symptom is mended: the gradient is cut to -1 and 1
// why: The weights move less far, but by another amount than the rate times the gradient, and the old gradient is still there. Set it to
//   0.
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
}
