// slip: a one-sided difference
// why: You compare f at x with f on one side of it, so the result is the slope of that half only; its error falls with h, that of the central
//   difference with h squared. Use f(x + h) and f(x - h), which lie 2 h apart.
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

double central_difference(const std::function<double(double)>& f, double x) {
  const double h = 1e-5 * std::max(1.0, std::abs(x));
  return (f(x + h) - f(x)) / h;
}

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> gradient;
  for (double& xi : x) {
    const double before = xi, h = 1e-5 * std::max(1.0, std::abs(before)), here = f(x);
    xi = before + h;
    gradient.push_back((f(x) - here) / h);
    xi = before;
  }
  return gradient;
}
