// slip: the sum is cut to a whole number at each step
// why: A sum in an int, or a std::accumulate that begins with 0, holds whole numbers only. Begin with 0.0 and add in a double.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum = std::trunc(sum - std::log(2 * std::numbers::pi * variance) / 2 - (v - mean) * (v - mean) / (2 * variance));
  return sum;
}
