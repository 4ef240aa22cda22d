// slip: a tail subtracts log p
// why: A tail has the probability 1 - p, so it adds log(1 - p). Yours takes the logarithm of p away.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  for (const int flip : flips) sum += flip == 1 ? std::log(p) : -std::log(p);
  return sum;
}
