// slip: 1 / N in whole numbers
// why: y.size() is a whole number, and so is 1: their quotient is cut to a whole number, 0 from N = 2 on. Write 1.0 / double(N).
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::fit_line;

std::vector<double> mse_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, double b) {
  const size_t rows = y.size(), d = w.size();
  std::vector<double> gradient(d + 1, 0.0);
  for (size_t i = 0; i < rows; i++) {
    double error = b - y[i];
    for (size_t j = 0; j < d; j++) error += x[i * d + j] * w[j];
    for (size_t j = 0; j < d; j++) gradient[j] += 2 * double(1 / rows) * error * x[i * d + j];
    gradient[d] += 2 * double(1 / rows) * error;
  }
  return gradient;
}
