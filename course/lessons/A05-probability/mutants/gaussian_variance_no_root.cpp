// slip: the variance stands outside of the root
// why: The density is divided by sqrt(2 pi variance), so its logarithm has half of log variance. Yours has the whole.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum -= std::log(2 * std::numbers::pi) / 2 + std::log(variance) + (v - mean) * (v - mean) / (2 * variance);
  return sum;
}
