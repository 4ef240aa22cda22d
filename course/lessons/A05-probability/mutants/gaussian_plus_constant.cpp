// slip: the logarithm of the root is added where it belongs subtracted
// why: The root stands below the line: the density is divided by sqrt(2 pi variance), so its logarithm is taken away.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum += std::log(2 * std::numbers::pi * variance) / 2 - (v - mean) * (v - mean) / (2 * variance);
  return sum;
}
