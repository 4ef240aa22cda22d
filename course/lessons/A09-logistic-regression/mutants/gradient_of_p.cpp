// slip: the derivative for p, not for z
// why: You stop at the probability. The logit is one step farther: multiply by dp/dz = p (1 - p), and nearly everything cancels.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_with_logits;

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  std::vector<double> gradient(z.size());
  for (std::size_t i = 0; i < z.size(); i++) {
    const double p = 1 / (1 + std::exp(-z[i]));
    gradient[i] = ((1 - y[i]) / (1 - p) - y[i] / p) / (rows);
  }
  return gradient;
}
