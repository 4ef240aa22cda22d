// slip: each logarithm is multiplied by its probability
// why: Each flip that was seen adds its logarithm once: log p or log(1 - p). The factor p in front belongs to a mean over all that could happen,
//   as in the entropy.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  for (const int flip : flips) sum += flip == 1 ? p * std::log(p) : (1 - p) * std::log(1 - p);
  return sum;
}
