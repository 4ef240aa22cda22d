// slip: 1 / N in whole numbers, in the gradient
// why: rows is a whole number, and so is 1: their quotient is cut to a whole number, 0 from two rows on. Write 1.0 / rows.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_with_logits;

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const std::size_t rows = z.size() / columns;
  std::vector<double> gradient(z.size());
  for (std::size_t i = 0; i < z.size(); i++) {
    const double p = 1 / (1 + std::exp(-z[i]));
    gradient[i] = (p - y[i]) * double(1 / rows);
  }
  return gradient;
}
