// slip: a step that does not grow with x
// why: Your step is the same for every x. The step has to grow with x: h = 1e-5 * max(1, |x|).
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

double central_difference(const std::function<double(double)>& f, double x) {
  const double h = 1e-3;
  return (f(x + h) - f(x - h)) / (2 * h);
}

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> gradient;
  for (double& xi : x) {
    const double before = xi, h = 1e-3;
    xi = before + h;
    const double up = f(x);
    xi = before - h;
    const double down = f(x);
    xi = before;
    gradient.push_back((up - down) / (2 * h));
  }
  return gradient;
}
