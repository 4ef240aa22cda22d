// slip: multiplies the probabilities of all flips and takes the logarithm at the end
// shows: 2000 flips of 1 with p = 0.5 give -inf instead of -1386.29
// named: mutants/bernoulli_product.cpp
#include <cmath>
#include <numbers>
#include <numeric>
#include <vector>

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double product = 1;
  for (int flip : flips) product *= flip == 1 ? p : 1 - p;
  return std::log(product);
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
