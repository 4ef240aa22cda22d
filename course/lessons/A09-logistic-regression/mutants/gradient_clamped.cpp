// slip: the probability is clamped in the gradient
// why: 1 / (1 + exp(-z)) is between 0 and 1 for every z, without help. Keeping p away from the ends leaves a slope where there is none.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_with_logits;

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  std::vector<double> gradient(z.size());
  for (std::size_t i = 0; i < z.size(); i++) {
    const double p = std::clamp(1 / (1 + std::exp(-z[i])), 1e-7, 1 - 1e-7);
    gradient[i] = (p - y[i]) / rows;
  }
  return gradient;
}
