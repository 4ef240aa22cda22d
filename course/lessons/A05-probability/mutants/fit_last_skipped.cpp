// slip: the last number is left out
// why: All numbers count, the last one as well, for the mean and for the variance. Look at where your loops end.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::gaussian_log_likelihood;

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  double mean = 0, variance = 0;
  for (size_t i = 0; i + 1 < x.size(); i++) mean += x[i] / double(x.size());
  for (size_t i = 0; i + 1 < x.size(); i++) variance += (x[i] - mean) * (x[i] - mean) / double(x.size());
  return {mean, variance};
}
