// slip: the sum begins with 1
// why: A sum begins with 0; 1 is where a product begins. Of no numbers the log-likelihood is 0.
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 1;
  for (const double v : x) sum -= (std::log(2 * std::numbers::pi * variance) + (v - mean) * (v - mean) / variance) / 2;
  return sum;
}
