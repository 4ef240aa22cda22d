// slip: the distance is divided by the variance before it is squared
// why: (x - mean) / variance squared has the variance squared below it. The exponent is (x - mean)^2 / (2 variance): the variance stands there once.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum -= std::log(2 * std::numbers::pi * variance) / 2 + (v - mean) * (v - mean) / (2 * variance * variance);
  return sum;
}
