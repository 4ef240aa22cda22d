// slip: the distances do not count
// why: Each number also adds -(x - mean)^2 / (2 v). Is it missing, or is it multiplied by 1 / 2, which is 0 in whole numbers?
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum -= std::log(2 * std::numbers::pi * variance) / 2;
  return sum;
}
