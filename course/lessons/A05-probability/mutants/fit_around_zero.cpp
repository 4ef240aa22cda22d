// slip: the squares are not taken around the mean
// why: The variance is the mean of (x - mean)^2. Yours is the mean of x^2, which is larger by mean^2.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::gaussian_log_likelihood;

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  double mean = 0, variance = 0;
  for (const double v : x) mean += v / double(x.size());
  for (const double v : x) variance += v * v / double(x.size());
  return {mean, variance};
}
