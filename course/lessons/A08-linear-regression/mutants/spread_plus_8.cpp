// slip: a small number is added to the spread
// why: It changes every slope, and how much depends on the unit of x. Look whether all x are equal, and divide by the spread itself.
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
  const double slope = together / (spread + 1e-8);
  return {slope, mean_y - slope * mean_x};
}
