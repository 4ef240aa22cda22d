// slip: the mean is used before it is complete
// why: The distances are to the mean of all numbers. You sum squares in the loop that still adds up the mean: finish it first, then go through x once more.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::gaussian_log_likelihood;

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  const double n = double(x.size());
  double mean = 0, variance = 0;
  for (const double v : x) {
    mean += v / n;
    variance += (v - mean) * (v - mean) / n;
  }
  return {mean, variance};
}
