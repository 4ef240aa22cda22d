// slip: the gradient goes on from the number before
// why: Each logit has a derivative of its own. Yours adds those of the numbers before it.
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
    gradient[i] = (p - y[i]) / rows + (i > 0 ? gradient[i - 1] : 0);
  }
  return gradient;
}
