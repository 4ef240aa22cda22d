// slip: the probability, or the logit, is clamped
// why: Keeping p away from 0 and 1, or z from large numbers, makes the loss finite, and wrong: a logit of 1000 on the wrong side costs 1000, yours
//   stays at the clamp, and one on the right side still costs something. Work with the logit itself.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::bce_gradient;

double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  const double rows = double(z.size() / columns);
  double sum = 0;
  for (std::size_t i = 0; i < z.size(); i++) {
    const double p = std::clamp(1 / (1 + std::exp(-z[i])), 1e-2, 1 - 1e-2);
    sum += -(y[i] * std::log(p) + (1 - y[i]) * std::log(1 - p));
  }
  return sum / rows;
}
