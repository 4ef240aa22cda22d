// slip: a line through the origin
// why: Sums of x y and of x x, without the means, belong to a line without intercept. Take the means away first, and let the intercept be what is left: mean of y minus slope times mean of x.
#include <cstddef>
#include <vector>

using solution_::mse_gradient;

std::vector<double> fit_line(const std::vector<double>& x, const std::vector<double>& y) {
  const double rows = double(x.size());
  double mean_x = 0, mean_y = 0;
  for (size_t i = 0; i < x.size(); i++) mean_x += x[i] / rows, mean_y += y[i] / rows;
  double together = 0, spread = 0;
  for (size_t i = 0; i < x.size(); i++) {
    together += x[i] * y[i];
    spread += x[i] * x[i];
  }
  bool equal = true;
  for (const double v : x) equal = equal && v == x[0];
  const double slope = equal ? 0 : together / spread;
  return {slope, slope == 0 ? mean_y : 0};
}
