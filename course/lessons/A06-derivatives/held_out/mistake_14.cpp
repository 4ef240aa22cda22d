// slip: the bars of |x| are forgotten in the step: it does not grow for x far below 0
// shows: f(x) = x^2 at -1e6: -1999987.8 instead of -2000000, and f is called at -1e6 + 1e-5 instead of -1e6 + 10
// named: mutants/h_without_abs.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

double central_difference(const std::function<double(double)>& f, double x) {
  const double h = 1e-5 * std::max(1.0, x);
  return (f(x + h) - f(x - h)) / (2 * h);
}

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> gradient(x.size(), 0.0);
  for (size_t i = 0; i < x.size(); i++) {
    const double before = x[i], h = 1e-5 * std::max(1.0, before);
    x[i] = before + h;
    const double up = f(x);
    x[i] = before - h;
    const double down = f(x);
    x[i] = before;
    gradient[i] = (up - down) / (2 * h);
  }
  return gradient;
}
