// slip: p is kept away from 0 and 1 before the logarithm, so a forbidden flip costs a finite amount
// shows: flips {0}, p = 1 gives -27.6 instead of -inf
// named: mutants/bernoulli_clamped.cpp
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  p = std::clamp(p, 1e-12, 1 - 1e-12);  // no log(0)
  double total = 0;
  for (int flip : flips) total += std::log(flip ? p : 1 - p);
  return total;
}

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  const double deviation = std::sqrt(variance);
  double squares = 0;
  for (const double v : x) {
    const double z = (v - mean) / deviation;
    squares += z * z;
  }
  const double constant = std::log(deviation) + 0.5 * std::log(2 * std::numbers::pi);
  return -(static_cast<double>(x.size()) * constant + squares / 2);
}

// Both in one pass: the mean moves along, and the squares with it.
std::vector<double> fit_gaussian(const std::vector<double>& x) {
  double mean = 0, squares = 0, n = 0;
  for (const double v : x) {
    n += 1;
    const double before = v - mean;
    mean += before / n;
    squares += before * (v - mean);
  }
  return {mean, squares / n};
}
