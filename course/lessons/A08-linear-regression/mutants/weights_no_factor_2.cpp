// slip: the factor 2 is missing for the weights
// why: The square of the error has the slope 2 times the error, for the weights just as for the bias.
#include <cstddef>
#include <vector>

using solution_::fit_line;

std::vector<double> mse_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, double b) {
  const size_t rows = y.size(), d = w.size();
  std::vector<double> gradient(d + 1, 0.0);
  for (size_t i = 0; i < rows; i++) {
    double error = b - y[i];
    for (size_t j = 0; j < d; j++) error += x[i * d + j] * w[j];
    for (size_t j = 0; j < d; j++) gradient[j] += error * x[i * d + j] / double(rows);
    gradient[d] += 2 * error / double(rows);
  }
  return gradient;
}
