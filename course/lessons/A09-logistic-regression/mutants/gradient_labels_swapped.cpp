// slip: 0 and 1 are swapped in the gradient
// why: The gradient is p - y. Yours is p - 1 where y is 0, and p where it is 1.
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
    gradient[i] = (p - (1 - y[i])) / rows;
  }
  return gradient;
}
