// slip: the probability is kept away from 1, but not from 0
// why: p is 0 for a logit of -1000, and its logarithm infinite. And where p is kept from 1, the loss is too small. Work with the logit itself.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_gradient;

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  double sum = 0;
  for (std::size_t i = 0; i < z.size(); i++) {
    const double p = std::min(1 / (1 + std::exp(-z[i])), 1 - 1e-15);
    sum += -(y[i] * std::log(p) + (1 - y[i]) * std::log(1 - p));
  }
  return sum / rows;
}
