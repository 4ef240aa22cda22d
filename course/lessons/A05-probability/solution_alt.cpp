// By another way: counts in place of a sum over flips, sums of squares around the data's own mean, and a running mean (Welford 1962).
#include <algorithm>
#include <cmath>
#include <vector>

std::vector<double> fit_gaussian(const std::vector<double>& x) {
  double mean = 0, squares = 0, n = 0;
  for (const double v : x) {
    n++;
    const double before = v - mean;
    mean += before / n;
    squares += before * (v - mean);
  }
  return {mean, squares / n};
}

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  const double heads = double(std::count(flips.begin(), flips.end(), 1)), tails = double(flips.size()) - heads;
  return (heads > 0 ? heads * std::log(p) : 0) + (tails > 0 ? tails * std::log1p(-p) : 0);
}

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  if (x.empty()) return 0;
  const double n = double(x.size());
  const std::vector<double> own = fit_gaussian(x);
  const double away = own[0] - mean;
  return -0.5 * n * (std::log(2 * std::acos(-1.0)) + std::log(variance) + (own[1] + away * away) / variance);
}
