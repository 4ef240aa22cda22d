// slip: sums of squares that lose their digits
// why: N sum(x y) - sum(x) sum(y) is a small difference of two huge numbers when x lies far from 0: a double keeps sixteen digits, and the ones
//   that matter are gone. Subtract the means before you multiply.
#include <cstddef>
#include <vector>

using solution_::mse_gradient;

std::vector<double> fit_line(const std::vector<double>& x, const std::vector<double>& y) {
  const double n = double(x.size());
  double sx = 0, sy = 0, sxx = 0, sxy = 0;
  bool equal = true;
  for (size_t i = 0; i < x.size(); i++) {
    sx += x[i], sy += y[i], sxx += x[i] * x[i], sxy += x[i] * y[i];
    equal = equal && x[i] == x[0];
  }
  const double slope = equal ? 0 : (n * sxy - sx * sy) / (n * sxx - sx * sx);
  return {slope, (sy - slope * sx) / n};
}
