// slip: the logarithm of a density that has become 0
// why: Forty deviations away exp(-z^2 / 2) is below the smallest double, so it is 0, and log 0 is -infinity. The logarithm of exp(t) is t: write the formula without exp.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum += std::log(std::exp(-(v - mean) * (v - mean) / (2 * variance)) / std::sqrt(2 * std::numbers::pi * variance));
  return sum;
}
