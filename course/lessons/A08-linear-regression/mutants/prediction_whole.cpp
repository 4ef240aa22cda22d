// slip: the sum in the prediction is cut to whole numbers
// why: std::inner_product that begins with 0, or a sum in an int, holds whole numbers only. Begin with 0.0.
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::fit_line;

std::vector<double> mse_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, double b) {
  const size_t rows = y.size(), d = w.size();
  std::vector<double> gradient(d + 1, 0.0);
  for (size_t i = 0; i < rows; i++) {
    double p = 0;
    for (size_t j = 0; j < d; j++) p = std::trunc(p + x[i * d + j] * w[j]);
    const double error = p + b - y[i];
    for (size_t j = 0; j < d; j++) gradient[j] += 2 * error * x[i * d + j] / double(rows);
    gradient[d] += 2 * error / double(rows);
  }
  return gradient;
}
