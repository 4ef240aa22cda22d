// slip: a single point is not seen as all x equal
// why: With a single point all x are equal, too: 0 divided by 0.
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
  bool equal = x.size() > 1;
  for (const double v : x) equal = equal && v == x[0];
  const double slope = equal ? 0 : together / spread;
  return {slope, mean_y - slope * mean_x};
}
