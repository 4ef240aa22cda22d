// slip: the symptom is mended: the entries of the gradient are cut
// why: The steps no longer explode, but they have the wrong length and another direction. What was wrong is the divisor: the number of
//   rows belongs there.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::check_gradient;
using solution_::check_normalise;
using solution_::check_step;
using solution_::normalise;
using solution_::sgd_step;

void add_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, std::vector<double>& gradient) {
  const size_t d = w.size() - 1;
  for (size_t i = 0; i < y.size(); i++) {
    double error = w[d] - y[i];
    for (size_t j = 0; j < d; j++) error += x[i * d + j] * w[j];
    for (size_t j = 0; j < d; j++) gradient[j] += 2 * error * x[i * d + j] / double(d);
    gradient[d] += 2 * error / double(d);
  }
  for (double& g : gradient) g = std::clamp(g, -1.0, 1.0);
}
