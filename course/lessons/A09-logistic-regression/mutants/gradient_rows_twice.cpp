// slip: the gradient is divided by the number of rows twice
// why: The loss divides by the N rows and by nothing else, so its gradient does: (p - y) / N. Yours divides by N twice.
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
    gradient[i] = (p - y[i]) / rows / rows;
  }
  return gradient;
}
