// slip: both sums are divided by N - 1
// why: Mean and variance are the sums divided by N, the number of values.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::gaussian_log_likelihood;

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  double mean = 0, variance = 0;
  for (const double v : x) mean += v / double(x.size() - 1);
  for (const double v : x) variance += (v - mean) * (v - mean) / double(x.size() - 1);
  return {mean, variance};
}
