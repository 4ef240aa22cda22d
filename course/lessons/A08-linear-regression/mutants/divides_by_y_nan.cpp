// slip: divided by the spread of y
// why: Below the line stands the sum of the squared distances of x from their mean: a step in x is what the slope is for.
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
    spread += (y[i] - mean_y) * (y[i] - mean_y);
  }
  bool equal = true;
  for (const double v : x) equal = equal && v == x[0];
  const double slope = equal ? 0 : together / spread;
  return {slope, mean_y - slope * mean_x};
}
