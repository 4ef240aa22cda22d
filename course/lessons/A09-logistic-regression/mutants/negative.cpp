// slip: the minus sign is missing
// why: A logarithm of a probability is below 0; the loss is its negative. Yours is the log-likelihood, which is to be made large.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_gradient;

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  double sum = 0;
  for (std::size_t i = 0; i < z.size(); i++) { sum += -(std::max(z[i], 0.0) - z[i] * y[i] + std::log1p(std::exp(-std::abs(z[i])))); }
  return sum / (rows);
}
