// slip: the probability is kept away from 0
// why: You keep p between a small number and 1 minus it, so that an impossible flip costs only a little. The log-likelihood of what cannot happen is -infinity.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  for (const int flip : flips) sum += std::log(std::clamp(flip == 1 ? p : 1 - p, 1e-12, 1 - 1e-12));
  return sum;
}
