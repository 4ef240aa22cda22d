// slip: the sum is cut to a whole number at each step
// why: A sum in an int, or a std::accumulate that begins with 0, holds whole numbers only. Begin with 0.0 and add in a double.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  for (const int flip : flips) sum = std::trunc(sum + std::log(flip == 1 ? p : 1 - p));
  return sum;
}
