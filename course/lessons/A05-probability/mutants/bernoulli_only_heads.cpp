// slip: the tails are missing
// why: A tail has the probability 1 - p, and its logarithm counts, too. Yours adds up the heads alone.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  for (const int flip : flips) sum += (flip == 1 ? std::log(p) : 0);
  return sum;
}
