// slip: the larger of 1 and x, without the absolute value, so large negative x have the small step
// shows: f(x) = |x + 999995| at -1e6 gives -1 instead of -0.5 (h is 1e-5 instead of 10)
// named: mutants/h_without_abs.cpp
#include <algorithm>
#include <functional>
#include <vector>

double central_difference(const std::function<double(double)>& f, double x) {
  double h = 1e-5 * std::max(1.0, x);
  double y1 = f(x - h), y2 = f(x + h);
  return (y2 - y1) / (2 * h);
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
