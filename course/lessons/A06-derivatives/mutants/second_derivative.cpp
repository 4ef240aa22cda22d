// slip: the second derivative in place of the first
// why: f(x + h) - 2 f(x) + f(x - h), divided by h squared, says how the slope changes. The slope itself is (f(x + h) - f(x - h)) / (2 h).
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

double central_difference(const std::function<double(double)>& f, double x) {
  const double h = 1e-5 * std::max(1.0, std::abs(x));
  return (f(x + h) - 2 * f(x) + f(x - h)) / (h * h);
}

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> gradient;
  for (double& xi : x) {
    const double before = xi, h = 1e-5 * std::max(1.0, std::abs(before));
    xi = before + h;
    const double up = f(x);
    xi = before - h;
    const double down = f(x);
    xi = before;
    const double here = f(x);
    gradient.push_back((up - 2 * here + down) / (h * h));
  }
  return gradient;
}
