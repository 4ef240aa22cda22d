// slip: one step for all coordinates
// why: Your step comes from one number for the whole of x, its largest. Each coordinate needs its own: 1e-5 * max(1, |x[i]|).
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

using solution_::central_difference;

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> gradient;
  double largest = 1;
  for (const double v : x) largest = std::max(largest, std::abs(v));
  const double h = 1e-5 * largest;
  for (double& xi : x) {
    const double before = xi;
    xi = before + h;
    const double up = f(x);
    xi = before - h;
    const double down = f(x);
    xi = before;
    gradient.push_back((up - down) / (2 * h));
  }
  return gradient;
}
