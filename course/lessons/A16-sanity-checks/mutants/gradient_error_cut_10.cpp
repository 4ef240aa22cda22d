// slip: the symptom is mended: the error of a row is cut
// why: The steps no longer explode, but the gradient is no longer that of the loss. What was wrong is the divisor: the number of rows
//   belongs there.
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
    error = std::clamp(error, -10.0, 10.0);
    for (size_t j = 0; j < d; j++) gradient[j] += 2 * error * x[i * d + j] / double(d);
    gradient[d] += 2 * error / double(d);
  }
}
