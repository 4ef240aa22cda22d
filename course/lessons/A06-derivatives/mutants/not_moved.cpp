// slip: f is asked at x alone
// why: With f(x) on both sides of the minus the rise is 0: f has to be asked at x + h and at x - h, with a step that is not 0.
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

double central_difference(const std::function<double(double)>& f, double x) {
  const double h = 1e-5 * std::max(1.0, std::abs(x));
  return (f(x) - f(x)) / (2 * h);
}

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> gradient;
  for (double& xi : x) {
    const double before = xi, h = 1e-5 * std::max(1.0, std::abs(before));
    xi = before;
    const double up = f(x);
    xi = before;
    const double down = f(x);
    xi = before;
    gradient.push_back((up - down) / (2 * h));
  }
  return gradient;
}
