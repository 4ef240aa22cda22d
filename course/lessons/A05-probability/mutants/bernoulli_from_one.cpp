// slip: the sum begins with 1
// why: A sum begins with 0; 1 is where a product begins. Of no flips the log-likelihood is log 1 = 0.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::fit_gaussian;
using solution_::gaussian_log_likelihood;

double bernoulli_log_likelihood(const std::vector<int>& flips, double p) {
  double sum = 1;
  for (const int flip : flips) sum += std::log(flip == 1 ? p : 1 - p);
  return sum;
}
