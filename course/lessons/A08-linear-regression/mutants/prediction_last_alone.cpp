// slip: the prediction is the product of the last feature alone
// why: The prediction is b plus a sum over the features: +=, not =.
#include <cstddef>
#include <vector>

using solution_::fit_line;

std::vector<double> mse_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, double b) {
  const size_t rows = y.size(), d = w.size();
  std::vector<double> gradient(d + 1, 0.0);
  for (size_t i = 0; i < rows; i++) {
    double p = 0;
    for (size_t j = 0; j < d; j++) p = x[i * d + j] * w[j];
    const double error = p - y[i];
    for (size_t j = 0; j < d; j++) gradient[j] += 2 * error * x[i * d + j] / double(rows);
    gradient[d] += 2 * error / double(rows);
  }
  return gradient;
}
