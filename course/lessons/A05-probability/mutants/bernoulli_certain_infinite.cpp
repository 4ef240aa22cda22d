// slip: a p of 0 or 1 always gives -infinity
// why: A flip that p makes certain adds log 1 = 0. Only a flip that p forbids makes the sum -infinity.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  if (p == 0 || p == 1) return -INFINITY;
  double sum = 0;
  for (const int flip : flips) sum += std::log(flip == 1 ? p : 1 - p);
  return sum;
}
