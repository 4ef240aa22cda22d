// slip: one step for all coordinates
// why: Your step comes from one number for the whole of x. Each coordinate needs its own: 1e-5 * max(1, |x[i]|).
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

using solution_::central_difference;

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> gradient;
  const double h = x.empty() ? 0 : 1e-5 * std::max(1.0, std::abs(x.back()));
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
