// slip: N in one place, N - 1 in the other
// why: Covariance and variance have to be divided by the same number; then it cancels. Your slope is too small by (N - 1) / N.
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::mse_gradient;

std::vector<double> fit_line(const std::vector<double>& x, const std::vector<double>& y) {
  const double rows = double(x.size());
  double mean_x = 0, mean_y = 0;
  for (size_t i = 0; i < x.size(); i++) mean_x += x[i] / rows, mean_y += y[i] / rows;
  double together = 0, spread = 0;
  for (size_t i = 0; i < x.size(); i++) {
    together += (x[i] - mean_x) * (y[i] - mean_y);
    spread += (x[i] - mean_x) * (x[i] - mean_x);
  }
  bool equal = true;
  for (const double v : x) equal = equal && v == x[0];
  if (equal) return {0, mean_y};
  const double slope = together / rows / (spread / (rows - 1));
  return {slope, mean_y - slope * mean_x};
}
