// slip: equal x are looked for by a spread of exactly 0
// why: The mean of equal numbers is rounded, so it may lie beside them and leave a spread that is tiny but not 0; the slope is then rounding divided by rounding. Compare the x with each other.
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::mse_gradient;

std::vector<double> fit_line(const std::vector<double>& x, const std::vector<double>& y) {
  const double rows = double(x.size());
  double mean_x = 0, mean_y = 0;
  for (size_t i = 0; i < x.size(); i++) mean_x += x[i], mean_y += y[i];
  mean_x /= rows, mean_y /= rows;
  double together = 0, spread = 0;
  for (size_t i = 0; i < x.size(); i++) {
    together += (x[i] - mean_x) * (y[i] - mean_y);
    spread += (x[i] - mean_x) * (x[i] - mean_x);
  }
  const double slope = spread == 0 ? 0 : together / spread;
  return {slope, mean_y - slope * mean_x};
}
