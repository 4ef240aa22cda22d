// slip: the mean is added in place of subtracted
// why: The exponent holds the squared distance from the mean, (x - mean)^2.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum -= std::log(2 * std::numbers::pi * variance) / 2 + (v + mean) * (v + mean) / (2 * variance);
  return sum;
}
