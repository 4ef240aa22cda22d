// slip: x is left moved
// why: After each coordinate x[i] has to hold its old value again. Yours stays moved, so the next coordinates are measured at another point.
//   Your copy of x keeps x itself safe, but the copy, too, has to be put back after each coordinate.
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

using solution_::central_difference;

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> gradient, moved = x;
  for (size_t i = 0; i < x.size(); i++) {
    const double h = 1e-5 * std::max(1.0, std::abs(x[i]));
    moved[i] = x[i] + h;
    const double up = f(moved);
    moved[i] = x[i] - h;
    const double down = f(moved);
    gradient.push_back((up - down) / (2 * h));
  }
  return gradient;
}
