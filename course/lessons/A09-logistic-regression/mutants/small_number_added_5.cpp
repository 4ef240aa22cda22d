// slip: a small number is added inside of the logarithm
// why: It keeps the logarithm finite, and changes the loss: a logit of 1000 on the wrong side costs 1000, yours only what the small number allows.
//   Work with the logit itself.
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
    sum += -(y[i] * std::log(p + 1e-5) + (1 - y[i]) * std::log(1 - p + 1e-5));
  }
  return sum / rows;
}
