// slip: the first number is left out of the variance
// why: All numbers count, the one with index 0 as well. Look at where the loop for the variance begins.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::gaussian_log_likelihood;

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  double mean = 0, variance = 0;
  for (const double v : x) mean += v / double(x.size());
  for (size_t i = 1; i < x.size(); i++) variance += (x[i] - mean) * (x[i] - mean) / double(x.size());
  return {mean, variance};
}
