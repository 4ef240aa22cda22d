// slip: only the last number counts
// why: The logarithms of all numbers are added up: sum += ..., not sum = ....
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum = -(std::log(2 * std::numbers::pi * variance) + (v - mean) * (v - mean) / variance) / 2;
  return sum;
}
