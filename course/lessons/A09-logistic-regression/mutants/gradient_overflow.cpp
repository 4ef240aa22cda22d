// slip: the sigmoid overflows
// why: exp(z) / (1 + exp(z)) is infinite divided by infinite for z = 1000. 1 / (1 + exp(-z)) is the same and stays between 0 and 1.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_with_logits;

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  std::vector<double> gradient(z.size());
  for (std::size_t i = 0; i < z.size(); i++) {
    const double p = std::exp(z[i]) / (1 + std::exp(z[i]));
    gradient[i] = (p - y[i]) / (rows);
  }
  return gradient;
}
