// slip: the logarithm of a product that has become 0
// why: A thousand factors below 1 multiply to less than the smallest double, which is then 0, and log 0 is -infinity. Add the logarithms up; do not multiply the probabilities first.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double product = 1;
  for (const int flip : flips) product *= flip == 1 ? p : 1 - p;
  return std::log(product);
}
