// slip: the slope is taken of the sum through a sigmoid
// why: The slope belongs to the activation a of the hidden unit: a (1 - a), and the sum is multiplied by it.
#include <cmath>
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> delta(a.size(), 0.0);
  for (size_t j = 0; j < a.size(); j++) {
    for (size_t k = 0; k < W.size(); k++) delta[j] += W[k][j] * delta_above[k];
    const double s = 1 / (1 + std::exp(-delta[j]));
    delta[j] *= s * (1 - s);
  }
  return delta;
}
