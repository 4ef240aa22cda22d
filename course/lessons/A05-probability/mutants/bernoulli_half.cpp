// slip: both sides have the probability 1/2
// why: The coin may be unfair: a head has the probability p that is given, a tail 1 - p.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  for (size_t i = 0; i < flips.size(); i++) sum += std::log(0.5);
  return sum;
}
