// slip: the first flip is left out
// why: All flips count, the one with index 0 as well. Look at where your loop begins.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  for (size_t i = 1; i < flips.size(); i++) sum += std::log(flips[i] == 1 ? p : 1 - p);
  return sum;
}
