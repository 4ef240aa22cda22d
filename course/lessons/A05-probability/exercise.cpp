// A05: how well a model explains what was seen.
#include <cmath>
#include <vector>

// The log-likelihood of independent flips, each 1 (heads, with probability p) or 0: the logarithm of the probability of exactly these flips, by
// the natural logarithm. p is from 0 to 1, both included: a flip that p forbids makes it -infinity, a flip that p makes certain adds 0.
// There may be thousands of flips, or none.
double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  (void)flips, (void)p;  // remove this line and the next, and write yours
  return 1;
}

// The log-likelihood of independent numbers under the Gaussian with this mean and variance (not deviation; it is above 0): the sum of the
// logarithms of the density at each x[i]. Some x[i] may lie a hundred deviations away. Of no numbers it is 0.
double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  (void)x, (void)mean, (void)variance;
  return 1;
}

// The Gaussian under which x (at least one number) is likeliest: returns {mean, variance}. The numbers lie around 0, or not far from it.
std::vector<double> fit_gaussian(const std::vector<double>& x) {
  (void)x;
  return {0, -1};
}
