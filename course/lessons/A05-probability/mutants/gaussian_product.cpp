// slip: the logarithm of a product that has become 0
// why: The densities multiply to less than the smallest double, which is then 0, and log 0 is -infinity. Take the logarithm of the formula first: it has no exp left.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double product = 1;
  for (const double v : x) product *= std::exp(-(v - mean) * (v - mean) / (2 * variance)) / std::sqrt(2 * std::numbers::pi * variance);
  return std::log(product);
}
