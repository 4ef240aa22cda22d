// slip: the logarithm of base 10
// why: std::log10 is the logarithm of base 10. The natural logarithm is std::log: only it undoes exp.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum -= std::log10(2 * std::numbers::pi * variance) / 2 + (v - mean) * (v - mean) / (2 * variance);
  return sum;
}
