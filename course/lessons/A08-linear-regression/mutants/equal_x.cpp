// slip: 0 divided by 0 where all x are equal
// why: When all x are equal their spread is 0 and the slope is 0 / 0. Any slope is as good there: return the flat line through the mean of y.
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
  const double slope = together / spread;
  return {slope, mean_y - slope * mean_x};
}
