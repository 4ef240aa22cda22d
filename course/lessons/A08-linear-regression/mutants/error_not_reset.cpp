// slip: the prediction of a row goes on from the row before
// why: Each row has a prediction of its own. The variable that you sum it in is not set back at the beginning of a row.
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::fit_line;

std::vector<double> mse_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, double b) {
  const size_t rows = y.size(), d = w.size();
  std::vector<double> gradient(d + 1, 0.0);
  double p = b;
  for (size_t i = 0; i < rows; i++) {
    for (size_t j = 0; j < d; j++) p += x[i * d + j] * w[j];
    for (size_t j = 0; j < d; j++) gradient[j] += 2 * (p - y[i]) * x[i * d + j] / double(rows);
    gradient[d] += 2 * (p - y[i]) / double(rows);
  }
  return gradient;
}
