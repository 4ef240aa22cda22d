// slip: a mean in place of a sum
// why: The logarithm of a product is the sum of the logarithms: it is not divided by the number of values. And of no numbers it is 0.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum -= (std::log(2 * std::numbers::pi * variance) + (v - mean) * (v - mean) / variance) / 2;
  return sum / double(x.size());
}
