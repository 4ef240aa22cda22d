// slip: the logarithm of the first factor is added once for all numbers instead of once for each
// shows: x = {0, 0}, mean 0, variance 1 gives -0.919 instead of -1.838
// named: mutants/gaussian_constant_once.cpp
// named: mutants/gaussian_constant_once_always.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <numeric>
#include <vector>

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  const auto heads = std::count(flips.begin(), flips.end(), 1);
  const auto tails = static_cast<std::ptrdiff_t>(flips.size()) - heads;
  return (heads ? heads * std::log(p) : 0.0) + (tails ? tails * std::log(1 - p) : 0.0);
}

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = std::log(2 * std::numbers::pi * variance);
  for (double v : x) sum += std::pow(v - mean, 2) / variance;
  return -0.5 * sum;
}

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  const double n = x.size(), mean = std::accumulate(x.begin(), x.end(), 0.0) / n;
  const double squares = std::accumulate(x.begin(), x.end(), 0.0, [=](double s, double v) { return s + (v - mean) * (v - mean); });
  return {mean, squares / n};
}
