// slip: the slope is multiplied in twice
// why: The slope a (1 - a) belongs to the hidden unit once: multiply the finished sum by it, not each share and the sum.
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> delta(a.size(), 0.0);
  for (size_t j = 0; j < a.size(); j++) {
    for (size_t k = 0; k < W.size(); k++) delta[j] += a[j] * (1 - a[j]) * W[k][j] * delta_above[k];
    delta[j] *= a[j] * (1 - a[j]);
  }
  return delta;
}
