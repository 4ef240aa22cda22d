// slip: divided by 2 N
// why: The slope of the square is 2 times the error: the 2 stands above the line, and N alone below it.
#include <cstddef>
#include <vector>

using solution_::fit_line;

std::vector<double> mse_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, double b) {
  const size_t rows = y.size(), d = w.size();
  std::vector<double> gradient(d + 1, 0.0);
  for (size_t i = 0; i < rows; i++) {
    double error = b - y[i];
    for (size_t j = 0; j < d; j++) error += x[i * d + j] * w[j];
    for (size_t j = 0; j < d; j++) gradient[j] += error * x[i * d + j] / (2 * double(rows));
    gradient[d] += error / (2 * double(rows));
  }
  return gradient;
}
