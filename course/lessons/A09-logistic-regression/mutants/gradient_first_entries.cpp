// slip: only the first N numbers get a gradient
// why: The table has N times columns numbers. Your loop ends after as many as there are rows; the rest stays 0.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_with_logits;

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  std::vector<double> gradient(z.size());
  for (std::size_t i = 0; i < z.size() / columns; i++) {
    const double p = 1 / (1 + std::exp(-z[i]));
    gradient[i] = (p - y[i]) / rows;
  }
  return gradient;
}
