// right
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
  double squares = 0.0;
  for (const double xi : x) squares += (xi - mean) * (xi - mean);
  const double n = double(x.size());
  return -n / 2 * std::log(2 * std::numbers::pi * variance) - squares / (2 * variance);
}

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  const double mean = std::accumulate(x.begin(), x.end(), 0.0) / double(x.size());
  const double squares = std::accumulate(x.begin(), x.end(), 0.0, [mean](double s, double v) { return s + (v - mean) * (v - mean); });
  return {mean, squares / double(x.size())};
}
