// slip: the correlation in place of the slope
// why: You divide by the root of both spreads, which gives a number between -1 and 1 without a unit. The slope is divided by the spread of x alone.
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::mse_gradient;

static double spread_y(const std::vector<double>& y, double mean) {
  double s = 0;
  for (const double v : y) s += (v - mean) * (v - mean);
  return s;
}

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
  const double slope = equal ? 0 : together / std::sqrt(spread * (spread_y(y, mean_y) + 1e-300));
  return {slope, mean_y - slope * mean_x};
}
