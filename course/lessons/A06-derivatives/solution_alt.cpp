// By another way: Richardson's extrapolation of two central differences, and a copy of x that is moved in place of x.
#include <cmath>
#include <functional>
#include <vector>

double central_difference(const std::function<double(double)>& f, double x) {
  const double size = std::fabs(x) > 1 ? std::fabs(x) : 1, h = 2e-5 * size;
  const double wide = (f(x + h) - f(x - h)) / h / 2, narrow = (f(x + h / 2) - f(x - h / 2)) / h;
  return (4 * narrow - wide) / 3;
}

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> gradient(x.size()), moved = x;
  for (size_t i = 0; i < x.size(); i++) {
    gradient[i] = central_difference(
        [&](double xi) {
          moved[i] = xi;
          return f(moved);
        },
        x[i]);
    moved[i] = x[i];
  }
  return gradient;
}
