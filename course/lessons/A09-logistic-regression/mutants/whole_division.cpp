// slip: 1 / N in whole numbers
// why: rows is a whole number, and so is 1: their quotient is cut to a whole number, 0 from two rows on. Write 1.0 / rows.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_gradient;

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const std::size_t rows = z.size() / columns;
  double sum = 0;
  for (std::size_t i = 0; i < z.size(); i++) sum += std::max(z[i], 0.0) - z[i] * y[i] + std::log1p(std::exp(-std::abs(z[i])));
  return sum * double(1 / rows);
}
