// slip: the square of the mean is added where it belongs subtracted
// why: The variance is the mean of the squares minus the square of the mean.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::gaussian_log_likelihood;

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  double mean = 0, variance = 0;
  for (const double v : x) mean += v / double(x.size());
  for (const double v : x) variance += v * v / double(x.size());
  variance += mean * mean;
  return {mean, variance};
}
