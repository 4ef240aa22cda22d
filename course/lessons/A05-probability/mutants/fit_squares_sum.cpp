// slip: the sum of the squares is not divided before the square of the mean is subtracted
// why: The variance is the mean of the squares minus the square of the mean: divide the sum of the squares by N first.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::gaussian_log_likelihood;

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  double mean = 0, variance = 0;
  for (const double v : x) mean += v / double(x.size());
  for (const double v : x) variance += v * v;
  variance -= mean * mean;
  return {mean, variance};
}
