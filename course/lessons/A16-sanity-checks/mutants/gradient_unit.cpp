// slip: the symptom is mended: the gradient gets the length 1
// why: A step is then as long at the goal as far from it. What was wrong is the divisor: the number of rows belongs there.
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
  std::vector<double> sum(w.size(), 0.0);
  const size_t d = w.size() - 1;
  for (size_t i = 0; i < y.size(); i++) {
    double error = w[d] - y[i];
    for (size_t j = 0; j < d; j++) error += x[i * d + j] * w[j];
    for (size_t j = 0; j < d; j++) sum[j] += 2 * error * x[i * d + j];
    sum[d] += 2 * error;
  }
  double length = 0;
  for (const double s : sum) length += s * s;
  for (size_t j = 0; j < sum.size() && length > 0; j++) gradient[j] += sum[j] / std::sqrt(length);
}
