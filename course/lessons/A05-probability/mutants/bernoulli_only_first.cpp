// slip: only the first flip counts
// why: The logarithms of all flips are added up. Does your loop return in its first round?
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  for (const int flip : flips) return std::log(flip == 1 ? p : 1 - p);
  return sum;
}
