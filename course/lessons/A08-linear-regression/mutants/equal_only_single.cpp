// slip: only a single point gets the flat line
// why: Two or more points may lie above one another, too: look whether all x are equal.
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
  const bool equal = x.size() == 1;
  const double slope = equal ? 0 : together / spread;
  return {slope, mean_y - slope * mean_x};
}
