// slip: the deviation in place of the variance, divided by N - 1
// why: The variance is asked for, not its root; and the likeliest one is the sum of the squared distances divided by N.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::gaussian_log_likelihood;

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  double mean = 0, variance = 0;
  for (const double v : x) mean += v / double(x.size());
  for (const double v : x) variance += (v - mean) * (v - mean) / double(x.size() - 1);
  return {mean, std::sqrt(variance)};
}
