// slip: x[i] stands for all features of a row
// why: Each row has d features: feature j of row i is x[i * d + j].
#include <cstddef>
#include <vector>

using solution_::fit_line;

std::vector<double> mse_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, double b) {
  const size_t rows = y.size(), d = w.size();
  std::vector<double> gradient(d + 1, 0.0);
  for (size_t i = 0; i < rows; i++) {
    double error = b - y[i];
    for (size_t j = 0; j < d; j++) error += x[i] * w[j];
    for (size_t j = 0; j < d; j++) gradient[j] += 2 * error * x[i] / double(rows);
    gradient[d] += 2 * error / double(rows);
  }
  return gradient;
}
