// slip: the gradient has only the term of the zeros
// why: (1 - y) p is the part of the zeros. Where y is 1 the slope is p - 1.
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
    gradient[i] = ((1 - y[i]) * p) / (rows);
  }
  return gradient;
}
