// slip: the logarithm is missing
// why: The loss is the negative LOGARITHM of the probability of what happened. Yours is the negative probability itself.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_gradient;

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  double sum = 0;
  for (std::size_t i = 0; i < z.size(); i++) {
    const double p = 1 / (1 + std::exp(-z[i]));
    sum += -(y[i] * p + (1 - y[i]) * (1 - p));
  }
  return sum / rows;
}
