// slip: the square is divided by the deviation
// why: The exponent is (x - mean)^2 / (2 variance). You divide by the root of the variance there.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum -= std::log(2 * std::numbers::pi * variance) / 2 + (v - mean) * (v - mean) / (2 * std::sqrt(variance));
  return sum;
}
