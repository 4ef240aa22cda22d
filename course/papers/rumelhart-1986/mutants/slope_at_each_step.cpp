// slip: the slope is multiplied in at each step of the sum
// why: The terms that are added first get it several times. Multiply the finished sum by it, once, below the loop over k.
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> delta(a.size(), 0.0);
  for (size_t j = 0; j < a.size(); j++) {
    for (size_t k = 0; k < W.size(); k++) delta[j] = (delta[j] + W[k][j] * delta_above[k]) * a[j] * (1 - a[j]);
  }
  return delta;
}
