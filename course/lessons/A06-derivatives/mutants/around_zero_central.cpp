// slip: f is asked around 0, not around x
// why: The slope at x is asked for: f(x + h) and f(x - h).
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

using solution_::numeric_gradient;

double central_difference(const std::function<double(double)>& f, double x) {
  const double h = 1e-5 * std::max(1.0, std::abs(x));
  return (f(h) - f(-h)) / (2 * h);
}
