// slip: the line goes through the first point
// why: The best line goes through the point of the means, and in general through none of the points given.
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
  const double slope = equal ? 0 : together / spread;
  return {slope, equal ? mean_y : y[0] - slope * x[0]};
}
