// slip: only the sign of the error counts
// why: The slope of the square is 2 times the error itself: large errors pull more. A sign alone belongs to the mean of absolute errors.
#include <cstddef>
#include <vector>

using solution_::fit_line;

std::vector<double> mse_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, double b) {
  const size_t rows = y.size(), d = w.size();
  std::vector<double> gradient(d + 1, 0.0);
  for (size_t i = 0; i < rows; i++) {
    double error = b - y[i];
    for (size_t j = 0; j < d; j++) error += x[i * d + j] * w[j];
    error = error > 0 ? 1 : error < 0 ? -1 : 0;
    for (size_t j = 0; j < d; j++) gradient[j] += error * x[i * d + j] / double(rows);
    gradient[d] += error / double(rows);
  }
  return gradient;
}
