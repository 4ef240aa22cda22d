// slip: divided by 2e-5 wherever x is
// why: The step grows with x, and the rise has to be divided by the distance that was walked, 2 h.
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

double central_difference(const std::function<double(double)>& f, double x) {
  const double h = 1e-5 * std::max(1.0, std::abs(x));
  return (f(x + h) - f(x - h)) / 2e-5;
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
    gradient.push_back((up - down) / 2e-5);
  }
  return gradient;
}
