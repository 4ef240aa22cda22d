// slip: the probability of so many heads, in any order
// why: You count in how many orders the heads could have come. Asked for is the probability of exactly these flips in their order: no binomial coefficient.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  double n = 0, heads = 0;
  for (const int flip : flips) {
    sum += std::log(flip == 1 ? p : 1 - p);
    n += 1, heads += flip;
  }
  sum += std::lgamma(n + 1) - std::lgamma(heads + 1) - std::lgamma(n - heads + 1);
  return sum;
}
