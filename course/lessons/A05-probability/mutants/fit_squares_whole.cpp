// slip: the sum of the squares is cut to a whole number at each step
// why: std::accumulate that begins with 0, or a sum in an int, holds whole numbers only. Begin with 0.0 and add in a double.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::gaussian_log_likelihood;

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  double mean = 0, variance = 0;
  for (const double v : x) mean += v / double(x.size());
  for (const double v : x) variance = std::trunc(variance + (v - mean) * (v - mean));
  variance /= double(x.size());
  return {mean, variance};
}
