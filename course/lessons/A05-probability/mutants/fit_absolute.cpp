// slip: absolute distances in place of squares
// why: The variance is the mean of the squared distances. Yours is the mean of the distances.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::gaussian_log_likelihood;

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  const double n = double(x.size());
  double mean = 0, variance = 0;
  for (const double v : x) mean += v / n;
  for (const double v : x) variance += std::abs(v - mean) / n;
  return {mean, variance};
}
