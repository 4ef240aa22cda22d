// slip: a mean in place of a sum
// why: The logarithm of a product is the sum of the logarithms: it is not divided by the number of flips. And of no flips at all it is 0.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  for (const int flip : flips) sum += std::log(flip == 1 ? p : 1 - p);
  return sum / double(flips.size());
}
