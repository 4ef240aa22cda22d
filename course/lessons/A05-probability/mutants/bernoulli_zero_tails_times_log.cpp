// slip: 0 tails times the logarithm of 0
// why: Where p is 1 and no tail fell, tails * log(1 - p) is 0 times -infinity, which is nan. Leave the term out where there is no tail.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double heads = 0, tails = 0;
  for (const int flip : flips) (flip == 1 ? heads : tails)++;
  return (heads > 0 ? heads * std::log(p) : 0) + tails * std::log(1 - p);
}
