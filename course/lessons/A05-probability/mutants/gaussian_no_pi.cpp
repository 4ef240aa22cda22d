// slip: pi is missing
// why: The factor in front of the exponential is 1 / sqrt(2 pi v): its logarithm is -log(2 pi v) / 2.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum -= std::log(2 * variance) / 2 + (v - mean) * (v - mean) / (2 * variance);
  return sum;
}
