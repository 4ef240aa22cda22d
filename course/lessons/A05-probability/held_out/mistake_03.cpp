// slip: computes the density with exp and takes its logarithm afterwards
// shows: x = {100}, mean 0, variance 1 gives -inf instead of -5000.919
// named: mutants/gaussian_log_of_exp.cpp
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  for (int flip : flips) {
    if (flip == 1) sum += std::log(p);
    else sum += std::log(1 - p);
  }
  return sum;
}

double density(double x, double mean, double variance) {
  return 1 / std::sqrt(2 * std::numbers::pi * variance) * std::exp(-(x - mean) * (x - mean) / (2 * variance));
}

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (double value : x) sum += std::log(density(value, mean, variance));
  return sum;
}

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  double mean = 0;
  for (std::size_t i = 0; i < x.size(); i++) mean += x[i];
  mean /= x.size();
  double variance = 0;
  for (std::size_t i = 0; i < x.size(); i++) {
    double d = x[i] - mean;
    variance += d * d;
  }
  variance /= x.size();
  return {mean, variance};
}
