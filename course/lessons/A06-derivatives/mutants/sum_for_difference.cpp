// slip: a sum in place of the difference
// why: The rise between the two places is f(x + h) minus f(x - h).
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

double central_difference(const std::function<double(double)>& f, double x) {
  const double h = 1e-5 * std::max(1.0, std::abs(x));
  const double up = f(x + h), down = f(x - h);
  return (up + down) / (2 * h);
}

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> gradient;
  for (double& xi : x) {
    const double before = xi, h = 1e-5 * std::max(1.0, std::abs(before));
    xi = before + h;
    const double up = f(x);
    xi = before - h;
    const double down = f(x);
    xi = before;
    gradient.push_back((up + down) / (2 * h));
  }
  return gradient;
}
