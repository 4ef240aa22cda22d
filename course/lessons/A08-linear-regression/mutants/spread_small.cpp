// slip: a small spread counts as none
// why: How large the squared distances are depends on the unit of x: 1e-7 and 0 are two numbers. Compare the x with each other.
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
  const bool equal = spread < 1e-12;
  const double slope = equal ? 0 : together / spread;
  return {slope, mean_y - slope * mean_x};
}
