// slip: the result is 0
// why: Each number adds -log(2 pi v) / 2 - (x - mean)^2 / (2 v). Is the sum never written to, or multiplied by 1 / 2, which is 0 in whole
//   numbers?
#include <cmath>
#include <numbers>
#include <vector>

using solution_::bernoulli_log_likelihood;
using solution_::fit_gaussian;

double gaussian_log_likelihood(const std::vector<double>&, double, double) { return 0; }
