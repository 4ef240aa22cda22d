// slip: a single number is refused
// why: At least one number is enough: the mean is the number itself, the variance 0.
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::gaussian_log_likelihood;

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  if (x.size() < 2) throw std::invalid_argument("x");
  double mean = 0, variance = 0;
  for (const double v : x) mean += v / double(x.size());
  for (const double v : x) variance += (v - mean) * (v - mean) / double(x.size());
  return {mean, variance};
}
