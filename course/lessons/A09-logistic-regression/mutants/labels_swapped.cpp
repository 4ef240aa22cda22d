// slip: 0 and 1 are swapped
// why: A large logit means yes, and yes is y = 1. In yours it is cheap where y is 0.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_gradient;

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  double sum = 0;
  for (std::size_t i = 0; i < z.size(); i++) { sum += std::max(z[i], 0.0) - z[i] * (1 - y[i]) + std::log1p(std::exp(-std::abs(z[i]))); }
  return sum / (rows);
}
