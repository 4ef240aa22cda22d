// slip: the distance is not squared
// why: The exponent has the square of x - mean. Yours has the distance itself.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum -= std::log(2 * std::numbers::pi * variance) / 2 + std::abs(v - mean) / (2 * variance);
  return sum;
}
