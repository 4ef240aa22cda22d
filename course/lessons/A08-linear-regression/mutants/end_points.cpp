// slip: only the first and the last point are used
// why: You draw the line through two of the points. All of them count: the sum of (x - mean_x) (y - mean_y) divided by the sum of (x - mean_x)^2.
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
  const double slope = x.back() == x.front() ? 0 : (y.back() - y.front()) / (x.back() - x.front());
  return {slope, mean_y - slope * mean_x};
}
