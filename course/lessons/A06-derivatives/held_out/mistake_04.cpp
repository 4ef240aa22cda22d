// slip: the difference to one side, f(x + h) - f(x) over h
// shows: f(x) = |x| at 0 gives 1 instead of 0, and x^2 at 3 gives 6.00003 instead of 6
// named: mutants/one_sided.cpp
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
    const double old = xi;
    gradient.push_back(central_difference([&](double moved) { return xi = moved, f(x); }, old));
    xi = old;
  }
  return gradient;
}
