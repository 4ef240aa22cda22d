// slip: 0 times the logarithm of 0
// why: 0 times -infinity is nan. Where p is 0 or 1, a count of 0 has to add 0: look at the flips that there are.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double heads = 0, tails = 0;
  for (const int flip : flips) (flip == 1 ? heads : tails)++;
  return heads * std::log(p) + tails * std::log(1 - p);
}
