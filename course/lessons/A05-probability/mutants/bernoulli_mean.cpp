// slip: a mean in place of a sum
// why: Independent probabilities multiply, so their logarithms add up. Dividing by the number of flips makes a mean of it.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  for (const int flip : flips) sum += std::log(flip == 1 ? p : 1 - p);
  return flips.empty() ? 0 : sum / double(flips.size());
}
