// slip: a mean in place of a sum
// why: Independent densities multiply, so their logarithms add up. Dividing by how many there are makes a mean of it.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum -= (std::log(2 * std::numbers::pi * variance) + (v - mean) * (v - mean) / variance) / 2;
  return x.empty() ? 0 : sum / double(x.size());
}
