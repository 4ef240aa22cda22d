// slip: the gradient is not simplified before it is computed
// why: The derivative for p has a division by p or 1 - p, which is by 0 for a large logit. Multiplied by p (1 - p) on paper, it cancels: p - y is
//   left, and is safe.
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
    gradient[i] = (y[i] == 1 ? -1 / p : 1 / (1 - p)) * p * (1 - p) / rows;
  }
  return gradient;
}
