// slip: the brackets are missing in the sigmoid
// why: 1 / 1 + exp(-z) is 1 plus the exponential. The sigmoid is 1 / (1 + exp(-z)).
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_with_logits;

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  std::vector<double> gradient(z.size());
  for (std::size_t i = 0; i < z.size(); i++) {
    const double p = 1.0 / 1 + std::exp(-z[i]);
    gradient[i] = (p - y[i]) / rows;
  }
  return gradient;
}
