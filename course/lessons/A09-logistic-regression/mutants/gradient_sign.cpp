// slip: y - p where p - y belongs
// why: Where y is 0 a larger logit costs more, so the slope is above 0: it is p - y. With y - p descent would climb.
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
    gradient[i] = (y[i] - p) / (rows);
  }
  return gradient;
}
