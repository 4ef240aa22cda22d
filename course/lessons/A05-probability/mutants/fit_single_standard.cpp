// slip: a single number gives mean 0 and variance 0
// why: The mean of a single number is the number itself; only its variance is 0.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::gaussian_log_likelihood;

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  if (x.size() == 1) return {0, 0};
  double mean = 0, variance = 0;
  for (const double v : x) mean += v / double(x.size());
  for (const double v : x) variance += (v - mean) * (v - mean) / double(x.size());
  return {mean, variance};
}
