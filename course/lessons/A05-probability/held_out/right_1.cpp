// right
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
  const double n = x.size(), mean = std::accumulate(x.begin(), x.end(), 0.0) / n;
  const double squares = std::accumulate(x.begin(), x.end(), 0.0, [=](double s, double v) { return s + (v - mean) * (v - mean); });
  return {mean, squares / n};
}
