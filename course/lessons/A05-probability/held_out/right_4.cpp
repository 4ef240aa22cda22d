// right
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <numeric>
#include <vector>

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  const auto heads = std::count(flips.begin(), flips.end(), 1);
  const auto tails = std::ptrdiff_t(flips.size()) - heads;
  double result = 0.0;
  if (heads > 0) result += double(heads) * std::log(p);
  if (tails > 0) result += double(tails) * std::log1p(-p);
  return result;
}

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double xi : x) sum += std::log(2 * std::numbers::pi * variance) + (xi - mean) * (xi - mean) / variance;
  return -0.5 * sum;
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
