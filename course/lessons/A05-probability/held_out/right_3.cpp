// right
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

// Only what really happened is looked at, so 0 * log(0) never comes up.
double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  std::size_t seen[2] = {0, 0};
  for (const int f : flips) ++seen[f];
  double total = 0;
  if (seen[0] > 0) total += static_cast<double>(seen[0]) * std::log1p(-p);
  if (seen[1] > 0) total += static_cast<double>(seen[1]) * std::log(p);
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
