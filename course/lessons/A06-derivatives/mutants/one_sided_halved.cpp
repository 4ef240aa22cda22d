// slip: a one-sided difference
// why: f at x itself is no part of the formula: ask f on both sides, at x + h and at x - h, which lie 2 h apart.
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

double central_difference(const std::function<double(double)>& f, double x) {
  const double h = 1e-5 * std::max(1.0, std::abs(x));
  return (f(x + h) - f(x)) / (2 * h);
}

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> gradient;
  for (double& xi : x) {
    const double before = xi, h = 1e-5 * std::max(1.0, std::abs(before));
    xi = before + h;
    const double up = f(x);
    xi = before;
    const double down = f(x);
    gradient.push_back((up - down) / (2 * h));
  }
  return gradient;
}
