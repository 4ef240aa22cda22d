// slip: the term of the zeros is missing
// why: y log p is the part of the ones. Where y is 0, the cost is -log(1 - p); in yours it is 0, so that yes to everything would be the best answer.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_gradient;

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  double sum = 0;
  for (std::size_t i = 0; i < z.size(); i++) { sum += y[i] * (std::max(-z[i], 0.0) + std::log1p(std::exp(-std::abs(-z[i])))); }
  return sum / (rows);
}
