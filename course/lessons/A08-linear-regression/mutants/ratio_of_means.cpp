// slip: the mean of y divided by the mean of x
// why: That is the slope of a line from the origin to the point of the means. The best slope comes from the distances from the means.
#include <cstddef>
#include <vector>

using solution_::mse_gradient;

std::vector<double> fit_line(const std::vector<double>& x, const std::vector<double>& y) {
  const double rows = double(x.size());
  double mean_x = 0, mean_y = 0;
  for (size_t i = 0; i < x.size(); i++) mean_x += x[i] / rows, mean_y += y[i] / rows;
  bool equal = true;
  for (const double v : x) equal = equal && v == x[0];
  const double slope = equal ? 0 : mean_y / mean_x;
  return {slope, mean_y - slope * mean_x};
}
