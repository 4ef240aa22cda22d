// slip: the term of the ones is missing
// why: (1 - y) log(1 - p) is the part of the zeros. Where y is 1, the cost is -log p.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_gradient;

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  double sum = 0;
  for (std::size_t i = 0; i < z.size(); i++) { sum += (1 - y[i]) * (std::max(z[i], 0.0) + std::log1p(std::exp(-std::abs(z[i])))); }
  return sum / (rows);
}
