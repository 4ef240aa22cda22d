// slip: in numeric_gradient the way down leads from x + h back to x only, and the rise is still divided by 2 h
// shows: f(x) = 3 x[0] at {1}: 1.5 instead of 3
// named: mutants/up_only_added.cpp
// named: mutants/one_sided_gradient.cpp
// named: mutants/one_sided_halved.cpp
// named: mutants/one_sided.cpp
// named: mutants/one_sided_below.cpp
// named: mutants/one_sided_below_gradient.cpp
// named: mutants/one_sided_below_halved.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

double central_difference(const std::function<double(double)>& f, double x) {
  double h = 1e-5 * std::max(1.0, std::fabs(x));
  return (f(x + h) - f(x - h)) / (2.0 * h);
}

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> g(x.size());
  for (size_t i = 0; i < x.size(); i++) {
    double old = x[i];
    double h = 1e-5 * std::max(1.0, std::fabs(x[i]));
    x[i] += h;
    double plus = f(x);
    x[i] -= h;
    double minus = f(x);
    x[i] = old;
    g[i] = (plus - minus) / (2.0 * h);
  }
  return g;
}
