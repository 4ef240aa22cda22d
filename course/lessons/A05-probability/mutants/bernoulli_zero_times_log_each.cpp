// slip: 0 times the logarithm of 0
// why: Where p is 0 or 1, flip * log(p) + (1 - flip) * log(1 - p) holds 0 times -infinity, which is nan. Ask which of the two sides fell, and
//   add only its logarithm.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  for (const int flip : flips) sum += flip * std::log(p) + (1 - flip) * std::log(1 - p);
  return sum;
}
