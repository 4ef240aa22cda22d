// slip: f is asked around 0, not around x
// why: The slope at x is asked for: f(x + h) and f(x - h).
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

double central_difference(const std::function<double(double)>& f, double x) {
  const double h = 1e-5 * std::max(1.0, std::abs(x));
  return (f(h) - f(-h)) / (2 * h);
}

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> gradient;
  for (double& xi : x) {
    const double before = xi, h = 1e-5 * std::max(1.0, std::abs(before));
    xi = h;
    const double up = f(x);
    xi = -h;
    const double down = f(x);
    xi = before;
    gradient.push_back((up - down) / (2 * h));
  }
  return gradient;
}
