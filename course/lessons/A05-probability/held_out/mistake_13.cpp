// slip: the logarithm is taken of the density, which becomes 0 far from the mean
// shows: x {100}, mean 0, variance 1 gives -inf instead of -5000.92
// named: mutants/gaussian_log_of_exp.cpp
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

static double density(double x, double mean, double variance) {
  const double d = x - mean;
  return std::exp(-d * d / (2 * variance)) / std::sqrt(2 * std::numbers::pi * variance);
}

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum += std::log(density(v, mean, variance));
  return sum;
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
