// slip: the last flip is left out
// why: All flips count, the last one as well. Look at where your loop ends.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  for (size_t i = 0; i + 1 < flips.size(); i++) sum += std::log(flips[i] == 1 ? p : 1 - p);
  return sum;
}
