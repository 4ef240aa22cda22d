// slip: tanh in place of the sigmoid
// why: tanh lies between -1 and 1. The probability is sigmoid(z) = 1 / (1 + exp(-z)).
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_with_logits;

std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  std::vector<double> gradient(z.size());
  for (std::size_t i = 0; i < z.size(); i++) {
    const double p = std::tanh(z[i]);
    gradient[i] = (p - y[i]) / rows;
  }
  return gradient;
}
