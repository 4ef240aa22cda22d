// slip: the sum for the mean starts from the integer 0, so each partial sum is cut to a whole number
// shows: fit_gaussian({0.5, 1.5}) gives {0.5, 0.5} instead of {1, 0.25}
// named: mutants/fit_mean_whole.cpp
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
  return -0.5 * std::accumulate(x.begin(), x.end(), 0.0, [=](double s, double v) {
    return s + std::log(2 * std::numbers::pi * variance) + (v - mean) * (v - mean) / variance;
  });
}

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  const double mean = std::accumulate(x.begin(), x.end(), 0) / double(x.size());
  double variance = 0;
  for (double v : x) variance += (v - mean) * (v - mean) / x.size();
  return {mean, variance};
}
