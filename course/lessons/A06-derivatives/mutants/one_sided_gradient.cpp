// slip: a one-sided difference
// why: numeric_gradient compares f with one coordinate moved by h with f at x itself, so it gives the slope of one side only; its error falls
//   with h, that of the central difference with h squared. Ask f at x[i] + h and at x[i] - h, which lie 2 h apart.
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

using solution_::central_difference;

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> gradient;
  for (double& xi : x) {
    const double before = xi, h = 1e-5 * std::max(1.0, std::abs(before)), here = f(x);
    xi = before + h;
    gradient.push_back((f(x) - here) / h);
    xi = before;
  }
  return gradient;
}
