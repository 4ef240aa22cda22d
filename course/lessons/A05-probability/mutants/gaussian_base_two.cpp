// slip: the logarithm of base 2
// why: std::log2 is the logarithm of base 2. The natural logarithm is std::log: only it undoes exp.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum -= std::log2(2 * std::numbers::pi * variance) / 2 + (v - mean) * (v - mean) / (2 * variance);
  return sum;
}
