// slip: the root of the variance stands where the variance belongs
// why: The third argument is the variance already: log density = -log(2 pi v) / 2 - (x - m)^2 / (2 v), with v as it comes.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum -= std::log(2 * std::numbers::pi * std::sqrt(variance)) / 2 + (v - mean) * (v - mean) / (2 * std::sqrt(variance));
  return sum;
}
