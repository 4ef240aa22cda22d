// slip: the constant log(2 pi) is missing
// why: The density has the factor 1 / sqrt(2 pi variance). Without its 2 pi the best mean stays the same, but the number is not the log-likelihood.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum -= (std::log(variance) + (v - mean) * (v - mean) / variance) / 2;
  return sum;
}
