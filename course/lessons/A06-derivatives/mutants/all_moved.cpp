// slip: all coordinates are moved at once
// why: Coordinate i of the gradient says how f changes when x[i] alone moves. You move the whole of x, so each number is the slope along the diagonal.
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

using solution_::central_difference;

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> gradient;
  for (size_t i = 0; i < x.size(); i++) {
    const double h = 1e-5 * std::max(1.0, std::abs(x[i]));
    std::vector<double> right = x, left = x;
    for (double& v : right) v += h;
    for (double& v : left) v -= h;
    gradient.push_back((f(right) - f(left)) / (2 * h));
  }
  return gradient;
}
