// slip: the slope of the sigmoid in place of that of the loss
// why: p (1 - p) is dp/dz. The loss has a slope for p, too; multiplied, nearly everything cancels and p - y is left.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_with_logits;

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>&, std::size_t columns) {
  const double rows = double(z.size() / columns);
  std::vector<double> gradient(z.size());
  for (std::size_t i = 0; i < z.size(); i++) {
    const double p = 1 / (1 + std::exp(-z[i]));
    gradient[i] = p * (1 - p) / rows;
  }
  return gradient;
}
