// slip: the half is missing before the logarithm of 2 pi v, as if the first factor had no root
// shows: x = {0}, mean 0, variance 1 gives -1.838 instead of -0.919
// named: mutants/gaussian_no_root.cpp
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
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); i++) {
    sum -= std::log(2 * M_PI * variance);
    sum -= (x[i] - mean) * (x[i] - mean) / (2 * variance);
  }
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
