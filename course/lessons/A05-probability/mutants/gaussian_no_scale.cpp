// slip: the density's factor is missing
// why: The density is exp(-(x - mean)^2 / (2 variance)) / sqrt(2 pi variance). You have the exponent only, so the widest Gaussian would always be the best.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum -= (v - mean) * (v - mean) / variance / 2;
  return sum;
}
