// slip: the logarithm of the sum of the probabilities
// why: Independent flips multiply their probabilities, and the logarithm of a product is the sum of the logarithms. Take the logarithm of each,
//   then add.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  for (const int flip : flips) sum += flip == 1 ? p : 1 - p;
  return std::log(sum);
}
