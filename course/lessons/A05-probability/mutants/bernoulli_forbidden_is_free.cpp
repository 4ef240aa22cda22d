// slip: a flip that p forbids costs nothing
// why: The probability of such flips is 0, and the logarithm of 0 is -infinity. std::log(0.0) gives just that: no case of its own is needed.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  for (const int flip : flips)
    if ((flip == 1 ? p : 1 - p) > 0) sum += std::log(flip == 1 ? p : 1 - p);
  return sum;
}
