// slip: all coordinates are moved at once
// why: Coordinate i of the gradient says how f changes when x[i] alone moves. The others have to stay where they were.
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

using solution_::central_difference;

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> gradient, right = x, left = x;
  for (size_t i = 0; i < x.size(); i++) {
    const double h = 1e-5 * std::max(1.0, std::abs(x[i]));
    right[i] += h, left[i] -= h;
  }
  const double up = f(right), down = f(left);
  for (const double xi : x) {
    const double h = 1e-5 * std::max(1.0, std::abs(xi));
    gradient.push_back((up - down) / (2 * h));
  }
  return gradient;
}
