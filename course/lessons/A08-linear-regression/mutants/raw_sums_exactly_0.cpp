// slip: sums of squares that lose their digits
// why: Sums of squares of large numbers leave no digits for the small difference between them. Subtract the means first.
#include <cstddef>
#include <vector>

using solution_::mse_gradient;

std::vector<double> fit_line(const std::vector<double>& x, const std::vector<double>& y) {
  const double rows = double(x.size());
  double mean_x = 0, mean_y = 0;
  double xx = 0, xy = 0;
  for (size_t i = 0; i < x.size(); i++) {
    mean_x += x[i] / rows, mean_y += y[i] / rows;
    xx += x[i] * x[i], xy += x[i] * y[i];
  }
  const double together = xy - rows * mean_x * mean_y, spread = xx - rows * mean_x * mean_x;
  const double slope = spread == 0 ? 0 : together / spread;
  return {slope, mean_y - slope * mean_x};
}
