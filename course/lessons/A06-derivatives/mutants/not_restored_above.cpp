// slip: x is left moved
// why: After each coordinate x[i] has to hold its old value again: keep it before you move x[i], and put it back after f was asked twice.
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

using solution_::central_difference;

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> gradient;
  for (double& xi : x) {
    const double before = xi, h = 1e-5 * std::max(1.0, std::abs(before));
    xi = before - h;
    const double down = f(x);
    xi = before + h;
    const double up = f(x);
    gradient.push_back((up - down) / (2 * h));
  }
  return gradient;
}
