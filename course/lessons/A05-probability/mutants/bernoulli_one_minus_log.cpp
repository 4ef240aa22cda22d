// slip: 1 minus the logarithm, where the logarithm of 1 minus p belongs
// why: A tail has the probability 1 - p, and its logarithm is log(1 - p). Yours is 1 - log(p): the bracket ends too early.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  for (const int flip : flips) sum += flip == 1 ? std::log(p) : 1 - std::log(p);
  return sum;
}
