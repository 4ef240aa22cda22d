// slip: the square is added where it belongs subtracted
// why: The density falls with the distance from the mean: its exponent is -(x - mean)^2 / (2 variance). In yours a number far away is likelier.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum += (v - mean) * (v - mean) / (2 * variance) - std::log(2 * std::numbers::pi * variance) / 2;
  return sum;
}
