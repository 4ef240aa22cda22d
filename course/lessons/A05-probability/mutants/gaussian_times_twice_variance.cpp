// slip: the square is multiplied by twice the variance
// why: The square is divided by 2 v: the wider the bell, the less a distance counts.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum -= std::log(2 * std::numbers::pi * variance) / 2 + (v - mean) * (v - mean) * 2 * variance;
  return sum;
}
