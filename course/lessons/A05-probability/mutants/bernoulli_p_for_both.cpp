// slip: a tail counts as a head
// why: A flip of 0 has the probability 1 - p. Yours adds log p for every flip, whichever side it shows.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 0;
  for (size_t i = 0; i < flips.size(); i++) sum += std::log(p);
  return sum;
}
