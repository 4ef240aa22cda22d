// slip: the logarithm of base 10
// why: The natural logarithm is meant, std::log; std::log10 is smaller by the factor log 10.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  for (const int flip : flips) sum += std::log10(flip == 1 ? p : 1 - p);
  return sum;
}
