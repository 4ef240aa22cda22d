// slip: both halves are missing
// why: The root in 1 / sqrt(2 pi v) becomes a half, and the square is divided by 2 v: log density = -log(2 pi v) / 2 - (x - m)^2 / (2 v).
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum -= 2 * (std::log(2 * std::numbers::pi * variance) / 2 + (v - mean) * (v - mean) / (2 * variance));
  return sum;
}
