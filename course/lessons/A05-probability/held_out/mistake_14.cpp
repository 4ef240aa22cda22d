// slip: the part log(2 pi v) is added once and not for each of the numbers
// shows: x {1, 3}, mean 2, variance 1 gives -1.919 instead of -2.838
// named: mutants/gaussian_constant_once.cpp
// named: mutants/gaussian_constant_once_always.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <numeric>
#include <vector>

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double log_likelihood = 0;
  for (size_t i = 0; i < flips.size(); ++i) {
    const double chance = flips[i] ? p : 1.0 - p;
    if (chance == 0.0) return -std::numeric_limits<double>::infinity();
    log_likelihood += std::log(chance);
  }
  return log_likelihood;
}

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  if (x.empty()) return 0;
  double squares = 0;
  for (size_t i = 0; i < x.size(); i++) squares += std::pow(x[i] - mean, 2);
  return -0.5 * (std::log(2 * std::numbers::pi * variance) + squares / variance);
}

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  // Both carried on from number to number.
  double mean = 0.0, squares = 0.0, n = 0.0;
  for (const double value : x) {
    n += 1.0;
    const double before = value - mean;
    mean += before / n;
    squares += before * (value - mean);
  }
  return {mean, squares / n};
}
