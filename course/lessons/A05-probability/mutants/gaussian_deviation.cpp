// slip: the variance is taken for the deviation
// why: The parameter is the variance. You use it as the deviation, so that it is squared once more.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum -= (std::log(2 * std::numbers::pi * variance * variance) + (v - mean) * (v - mean) / (variance * variance)) / 2;
  return sum;
}
