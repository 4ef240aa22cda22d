// right
#include <algorithm>
#include <cstddef>
#include <functional>
#include <vector>

static double step_for(double x) { return std::max({x, -x, 1.0}) * 1e-5; }

double central_difference(const std::function<double(double)>& f, double x) {
  const double h = step_for(x), left = f(x - h), right = f(x + h);
  return 0.5 * (right - left) / h;
}

// x itself is never touched: each coordinate is moved in a copy, the last coordinate first.
std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> slopes(x.size());
  for (std::size_t i = x.size(); i-- > 0;) {
    std::vector<double> left = x, right = x;
    const double h = step_for(x[i]);
    left[i] -= h;
    right[i] += h;
    slopes[i] = 0.5 * (f(right) - f(left)) / h;
  }
  return slopes;
}
