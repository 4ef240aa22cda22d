// slip: the absolute error of the probability
// why: |p - y| is at most 1, however sure and wrong the model is. The cross-entropy is -(y log p + (1 - y) log(1 - p)).
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
    sum += std::abs(p - y[i]);
  }
  return sum / rows;
}
