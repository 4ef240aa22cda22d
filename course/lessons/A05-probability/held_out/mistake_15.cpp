// slip: the variance is taken for the deviation, as sigma in the formula with sigma and sigma squared
// shows: x {2}, mean 0, variance 4 gives -2.430 instead of -2.112
// named: mutants/gaussian_deviation.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numbers>
#include <numeric>
#include <vector>

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  for (const int flip : flips) sum += std::log(flip == 1 ? p : 1 - p);
  return sum;
}

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  const double norm = std::log(variance * std::sqrt(2 * std::numbers::pi));
  double total = 0;
  for (const double xi : x) {
    const double t = (xi - mean) / variance;
    total += -norm - 0.5 * t * t;
  }
  return total;
}

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  const double mean = std::accumulate(x.begin(), x.end(), 0.0) / double(x.size());
  const double squares = std::accumulate(x.begin(), x.end(), 0.0, [mean](double s, double v) { return s + (v - mean) * (v - mean); });
  return {mean, squares / double(x.size())};
}
