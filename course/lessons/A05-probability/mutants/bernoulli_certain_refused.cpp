// slip: a p of 0 or 1 is refused
// why: 0 and 1 are included: such a coin always falls on the same side. A flip that p makes certain adds 0, one that it forbids makes the sum
//   -infinity.
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  if (p <= 0 || p >= 1) throw std::invalid_argument("p");
  double sum = 0;
  for (const int flip : flips) sum += std::log(flip == 1 ? p : 1 - p);
  return sum;
}
