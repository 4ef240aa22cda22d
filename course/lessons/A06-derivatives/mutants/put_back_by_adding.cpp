// slip: x is put back by adding and subtracting h
// why: x + h - 2 h + h is not always x: each sum is rounded, and what is left over adds up with every call. Keep the old value of x[i] in a variable and write it back.
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

using solution_::central_difference;

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> gradient;
  for (double& xi : x) {
    const double h = 1e-5 * std::max(1.0, std::abs(xi));
    xi += h;
    const double up = f(x);
    xi -= 2 * h;
    const double down = f(x);
    xi += h;
    gradient.push_back((up - down) / (2 * h));
  }
  return gradient;
}
