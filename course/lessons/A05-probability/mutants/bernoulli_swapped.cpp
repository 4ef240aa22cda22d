// slip: heads and tails are swapped
// why: p is the probability of a 1. Yours takes it for that of a 0.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  for (const int flip : flips) sum += std::log(flip == 1 ? 1 - p : p);
  return sum;
}
