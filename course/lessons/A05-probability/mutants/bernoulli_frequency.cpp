// slip: the share of heads is used in place of p
// why: The question is how likely the flips are under the p that is given, not under the p that would fit them best.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double heads = 0;
  for (const int flip : flips) heads += flip;
  p = flips.empty() ? p : heads / double(flips.size());
  double sum = 0;
  for (const int flip : flips) sum += std::log(flip == 1 ? p : 1 - p);
  return sum;
}
