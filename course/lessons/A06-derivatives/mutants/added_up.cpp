// slip: the slopes are added up from coordinate to coordinate
// why: Slope i says how f changes when x[i] alone moves. Begin anew for each coordinate.
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

using solution_::central_difference;

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> gradient;
  double slope = 0;
  for (double& xi : x) {
    const double before = xi, h = 1e-5 * std::max(1.0, std::abs(before));
    xi = before + h;
    const double up = f(x);
    xi = before - h;
    const double down = f(x);
    xi = before;
    gradient.push_back(slope += (up - down) / (2 * h));
  }
  return gradient;
}
