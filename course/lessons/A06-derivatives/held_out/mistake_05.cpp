// slip: the same step 1e-5 for each coordinate, whatever its size
// shows: f = x0 at x = (1e12): the step is lost in rounding and the gradient is {0} instead of {1}
// named: mutants/h_not_scaled.cpp
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
  const double h = 1e-5;
  std::vector<double> gradient(x.size());
  for (std::size_t i = 0; i < x.size(); i++) {
    auto right = x, left = x;
    right[i] += h;
    left[i] -= h;
    gradient[i] = (f(right) - f(left)) / (2 * h);
  }
  return gradient;
}
