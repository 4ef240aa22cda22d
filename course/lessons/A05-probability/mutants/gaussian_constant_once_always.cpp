// slip: the constant is counted once
// why: Each number has a density with the factor 1 / sqrt(2 pi v): the logarithm of it comes with every number, and of no numbers the sum is 0.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = -std::log(2 * std::numbers::pi * variance) / 2;
  for (const double v : x) sum -= (v - mean) * (v - mean) / variance / 2;
  return sum;
}
