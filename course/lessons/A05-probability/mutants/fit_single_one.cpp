// slip: the variance of a single number is 1
// why: The squared distance of a single number from its mean, itself, is 0, and so is the variance.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::gaussian_log_likelihood;

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  double mean = 0, variance = 0;
  for (const double v : x) mean += v / double(x.size());
  for (const double v : x) variance += (v - mean) * (v - mean) / double(x.size());
  if (x.size() == 1) variance = 1;
  return {mean, variance};
}
