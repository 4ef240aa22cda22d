// slip: divided by N - 1
// why: The likeliest variance is the mean of the squared distances: their sum divided by N. N - 1 makes another estimate, which is not asked for
//   here.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::gaussian_log_likelihood;

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  double mean = 0, variance = 0;
  for (const double v : x) mean += v / double(x.size());
  for (const double v : x) variance += (v - mean) * (v - mean) / double(x.size() > 1 ? x.size() - 1 : 1);
  return {mean, variance};
}
