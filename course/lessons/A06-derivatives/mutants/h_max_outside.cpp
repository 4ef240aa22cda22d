// slip: max of 1e-5 and |x| in place of 1e-5 times max of 1 and |x|
// why: Your step is as large as x itself, so the chord runs past the bend of the curve. Multiply behind the max: h = 1e-5 * max(1, |x|).
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

double central_difference(const std::function<double(double)>& f, double x) {
  const double h = std::max(1e-5, std::abs(x));
  return (f(x + h) - f(x - h)) / (2 * h);
}

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> gradient;
  for (double& xi : x) {
    const double before = xi, h = std::max(1e-5, std::abs(before));
    xi = before + h;
    const double up = f(x);
    xi = before - h;
    const double down = f(x);
    xi = before;
    gradient.push_back((up - down) / (2 * h));
  }
  return gradient;
}
