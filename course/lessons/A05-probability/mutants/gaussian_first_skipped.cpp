// slip: the first number is left out
// why: All numbers count, the one with index 0 as well. Look at where your loop begins.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (size_t i = 1; i < x.size(); i++) sum -= (std::log(2 * std::numbers::pi * variance) + (x[i] - mean) * (x[i] - mean) / variance) / 2;
  return sum;
}
