// slip: 1 plus p in place of 1 minus p
// why: A tail has the probability 1 - p, so it adds log(1 - p); std::log1p(p) is log(1 + p), and wants a minus.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  for (const int flip : flips) sum += std::log(flip == 1 ? p : 1 + p);
  return sum;
}
