// slip: the sums for the means are cut to whole numbers
// why: std::accumulate that begins with 0, or a sum in an int, holds whole numbers only. Begin with 0.0.
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::mse_gradient;

std::vector<double> fit_line(const std::vector<double>& x, const std::vector<double>& y) {
  const double rows = double(x.size());
  double mean_x = 0, mean_y = 0;
  for (size_t i = 0; i < x.size(); i++) mean_x = std::trunc(mean_x + x[i]), mean_y = std::trunc(mean_y + y[i]);
  mean_x /= rows, mean_y /= rows;
  double together = 0, spread = 0;
  for (size_t i = 0; i < x.size(); i++) {
    together += (x[i] - mean_x) * (y[i] - mean_y);
    spread += (x[i] - mean_x) * (x[i] - mean_x);
  }
  bool equal = true;
  for (const double v : x) equal = equal && v == x[0];
  const double slope = equal ? 0 : together / spread;
  return {slope, mean_y - slope * mean_x};
}
