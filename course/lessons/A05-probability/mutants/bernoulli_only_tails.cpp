// slip: the heads are missing
// why: Each head adds log p, each tail log(1 - p): both kinds count.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  for (const int flip : flips) sum += (flip == 1 ? 0 : std::log(1 - p));
  return sum;
}
