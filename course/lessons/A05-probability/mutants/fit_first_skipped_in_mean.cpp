// slip: the first number is left out of the mean
// why: All numbers count, the one with index 0 as well. Look at where the loop for the mean begins.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::gaussian_log_likelihood;

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  double mean = 0, variance = 0;
  for (size_t i = 1; i < x.size(); i++) mean += x[i] / double(x.size());
  for (const double v : x) variance += (v - mean) * (v - mean) / double(x.size());
  return {mean, variance};
}
