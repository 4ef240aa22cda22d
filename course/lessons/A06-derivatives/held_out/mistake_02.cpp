// slip: divided by h instead of 2 h
// shows: numeric_gradient of x0^2 + x0 x1 at (1, 2) gives {8, 2} instead of {4, 1}
// named: mutants/h_for_2h.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

double central_difference(const std::function<double(double)>& f, double x) {
  const double h = 1e-5 * std::max(1.0, std::abs(x));
  return (f(x + h) - f(x - h)) / (2 * h);
}

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> g(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double keep = x[i];
    const double h = 1e-5 * std::max(1.0, std::abs(keep));
    x[i] = keep + h;
    const double a = f(x);
    x[i] = keep - h;
    const double b = f(x);
    x[i] = keep;
    g[i] = (a - b) / h;
  }
  return g;
}
