// slip: the distance of p and y, without its sign
// why: Where y is 1 the slope is p - 1, below 0: a larger logit costs less. Yours is 1 - p there.
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
    gradient[i] = std::abs(p - y[i]) / rows;
  }
  return gradient;
}
