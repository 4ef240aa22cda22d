// slip: the root is missing
// why: The density is divided by the root of 2 pi variance, so its logarithm is halved.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum -= std::log(2 * std::numbers::pi * variance) + (v - mean) * (v - mean) / variance / 2;
  return sum;
}
