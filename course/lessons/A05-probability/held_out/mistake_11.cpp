// slip: counts are multiplied with the logarithms without care for a count of 0, and 0 times -infinity is nan
// shows: flips {1, 1}, p = 1 gives nan instead of 0
// named: mutants/bernoulli_zero_times_log.cpp
// named: mutants/bernoulli_zero_times_log_each.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <numeric>
#include <vector>

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  int k = 0;
  for (const int flip : flips) k += flip;
  const int n = int(flips.size());
  return k * std::log(p) + (n - k) * std::log(1 - p);
}

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double xi : x) sum += std::log(2 * std::numbers::pi * variance) + (xi - mean) * (xi - mean) / variance;
  return -0.5 * sum;
}

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  const double n = double(x.size());
  double mean = 0;
  for (const double v : x) mean += v;
  mean /= n;
  double variance = 0;
  for (const double v : x) variance += (v - mean) * (v - mean);
  return {mean, variance / n};
}
