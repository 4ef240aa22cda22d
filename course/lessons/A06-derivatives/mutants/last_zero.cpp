// slip: the last coordinate is left out
// why: Every coordinate has a slope, the last one as well. Look at where the loop ends.
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

using solution_::central_difference;

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> gradient(x.size(), 0.0);
  for (size_t i = 0; i + 1 < x.size(); i++) {
    double& xi = x[i];
    const double before = xi, h = 1e-5 * std::max(1.0, std::abs(before));
    xi = before + h;
    const double up = f(x);
    xi = before - h;
    const double down = f(x);
    xi = before;
    gradient[i] = (up - down) / (2 * h);
  }
  return gradient;
}
