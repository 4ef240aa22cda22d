// slip: pi is rounded to 3.142
// why: std::numbers::pi, of <numbers>, has all the digits that a double holds.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum -= std::log(2 * 3.142 * variance) / 2 + (v - mean) * (v - mean) / (2 * variance);
  return sum;
}
