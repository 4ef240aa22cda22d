// slip: the slope is taken of the sum
// why: The slope belongs to the activation: a (1 - a), and the sum is multiplied by it.
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> delta(a.size(), 0.0);
  for (size_t j = 0; j < a.size(); j++) {
    for (size_t k = 0; k < W.size(); k++) delta[j] += W[k][j] * delta_above[k];
    delta[j] *= 1 - delta[j];
  }
  return delta;
}
