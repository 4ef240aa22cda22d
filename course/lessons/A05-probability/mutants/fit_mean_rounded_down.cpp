// slip: the mean is cut to a whole number
// why: Something between the sum and the mean is an int. Hold both in a double.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::gaussian_log_likelihood;

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  double mean = 0, variance = 0;
  for (const double v : x) mean += v / double(x.size());
  mean = std::trunc(mean);
  for (const double v : x) variance += (v - mean) * (v - mean) / double(x.size());
  return {mean, variance};
}
