// slip: overflows at large logits
// why: exp(1000) is infinite in a double, and so is your loss. log(1 + exp(z)) = max(z, 0) + log(1 + exp(-|z|)): there the exponential is never above 1.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_gradient;

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  double sum = 0;
  for (std::size_t i = 0; i < z.size(); i++) { sum += std::log(1 + std::exp(z[i])) - z[i] * y[i]; }
  return sum / (rows);
}
