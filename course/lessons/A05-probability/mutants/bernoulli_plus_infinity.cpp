// slip: a flip that p forbids gives infinity
// why: The logarithm of 0 is -infinity: an impossible result is as unlikely as can be.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  for (const int flip : flips) sum += std::log(flip == 1 ? p : 1 - p);
  if (sum == -INFINITY) return INFINITY;
  return sum;
}
