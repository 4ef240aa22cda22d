// slip: the number of constants is halved in whole numbers
// why: x.size() / 2 is a division of whole numbers: of 3 it makes 1. Divide by 2.0.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  sum -= double(x.size() / 2) * std::log(2 * std::numbers::pi * variance);
  for (const double v : x) sum -= (v - mean) * (v - mean) / (2 * variance);
  return sum;
}
