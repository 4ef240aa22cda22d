// slip: the mean is subtracted where its square belongs
// why: The mean of the squares minus the square of the mean is the variance: both have to be squares.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::gaussian_log_likelihood;

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  double mean = 0, variance = 0;
  for (const double v : x) mean += v / double(x.size());
  for (const double v : x) variance += v * v / double(x.size());
  variance -= mean;
  return {mean, variance};
}
