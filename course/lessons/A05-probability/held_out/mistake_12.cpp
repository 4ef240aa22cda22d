// slip: the variance is divided by N - 1 in place of N
// shows: fit_gaussian({1, 3}) gives {2, 2} instead of {2, 1}
// named: mutants/fit_n_minus_1.cpp
// named: mutants/fit_n_minus_1_guarded.cpp
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
  double squares = 0.0;
  for (const double xi : x) squares += (xi - mean) * (xi - mean);
  const double n = double(x.size());
  return -n / 2 * std::log(2 * std::numbers::pi * variance) - squares / (2 * variance);
}

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  const double mean = std::accumulate(x.begin(), x.end(), 0.0) / double(x.size());
  const double squares = std::accumulate(x.begin(), x.end(), 0.0, [mean](double s, double v) { return s + (v - mean) * (v - mean); });
  return {mean, squares / double(x.size() - 1)};
}
