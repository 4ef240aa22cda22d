// slip: the sign is turned
// why: That is the negative log-likelihood, a loss. The log-likelihood itself is a sum of logarithms of numbers up to 1, so it is at most 0.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  for (const int flip : flips) sum += std::log(flip == 1 ? p : 1 - p);
  return -sum;
}
