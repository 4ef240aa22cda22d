// slip: x[i] is moved up and down and not put back
// shows: after numeric_gradient of x0^2 + x0 x1 at (1, 2), x holds (0.99999, 1.99998) instead of (1, 2)
// named: mutants/not_restored.cpp
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
  std::vector<double> gradient;
  for (std::size_t i = 0; i < x.size(); i++) {
    double h = 1e-5 * std::max(1.0, std::fabs(x[i]));
    x[i] += h;
    double plus = f(x);
    x[i] -= 2 * h;
    double minus = f(x);
    gradient.push_back((plus - minus) / (2 * h));
  }
  return gradient;
}
