// right
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
  std::vector<double> result;
  for (std::size_t i = 0; i < x.size(); i++) {
    double before = x[i];
    double size = std::fabs(before);
    if (size < 1) size = 1;
    double h = 1e-5 * size;
    x[i] = before + h;
    double up = f(x);
    x[i] = before - h;
    double down = f(x);
    x[i] = before;
    result.push_back((up - down) / (2 * h));
  }
  return result;
}
