// slip: no flips give 1
// why: Of no flips at all the probability is 1, and its logarithm is 0: the sum without terms.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  if (flips.empty()) return 1;
  double sum = 0;
  for (const int flip : flips) sum += std::log(flip == 1 ? p : 1 - p);
  return sum;
}
