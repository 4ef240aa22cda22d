// slip: the bias gets its share once for each feature
// why: Each row adds 2 error / N to dL/db once: outside of the loop over the features.
#include <cstddef>
#include <vector>

using solution_::fit_line;

std::vector<double> mse_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, double b) {
  const size_t rows = y.size(), d = w.size();
  std::vector<double> gradient(d + 1, 0.0);
  for (size_t i = 0; i < rows; i++) {
    double error = b - y[i];
    for (size_t j = 0; j < d; j++) error += x[i * d + j] * w[j];
    for (size_t j = 0; j < d; j++) gradient[j] += 2 * error * x[i * d + j] / double(rows);
    for (size_t j = 0; j < d; j++) gradient[d] += 2 * error / double(rows);
  }
  return gradient;
}
