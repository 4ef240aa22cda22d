// slip: the step back goes to x only, not to x - h, so the difference covers one h and is divided by two
// shows: numeric_gradient of x0^2 + x0 x1 at (1, 2) gives {2, 0.5} instead of {4, 1}
// named: mutants/up_only_added.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

double central_difference(const std::function<double(double)>& f, double x) {
  double size = std::fabs(x);
  if (size < 1) size = 1;
  double h = 1e-5 * size;
  double right = f(x + h);
  double left = f(x - h);
  return (right - left) / (2 * h);
}

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> out;
  for (std::size_t i = 0; i < x.size(); i++) {
    const double at = x[i];
    const double h = 1e-5 * std::max(1.0, std::fabs(at));
    x[i] += h;
    const double high = f(x);
    x[i] -= h;
    const double low = f(x);
    x[i] = at;
    out.push_back((high - low) / (2 * h));
  }
  return out;
}
