// slip: the symptom is mended: the gradient is made smaller
// why: The weights overshoot less, but every step still contains nine tenths of the gradient before it. The next step has to begin at 0.
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
  for (double& g : gradient) g *= 0.9;
}
