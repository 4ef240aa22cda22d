// slip: the variance is divided by N - 1 instead of N
// shows: fit_gaussian({1, 3}) gives {2, 2} instead of {2, 1}
// named: mutants/fit_n_minus_1.cpp
#include <cmath>
#include <cstddef>
#include <vector>

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  for (int flip : flips) {
    if (flip == 1) sum += std::log(p);
    else sum += std::log(1 - p);
  }
  return sum;
}

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  const double pi = 3.14159265358979323846;
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); i++) {
    double d = x[i] - mean;
    sum += -0.5 * std::log(2 * pi * variance) - d * d / (2 * variance);
  }
  return sum;
}

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  double mean = 0;
  for (double v : x) mean += v;
  mean /= x.size();
  double sum = 0;
  for (double v : x) sum += (v - mean) * (v - mean);
  return {mean, sum / (x.size() - 1)};
}
