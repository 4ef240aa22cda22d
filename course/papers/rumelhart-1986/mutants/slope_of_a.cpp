// slip: the sigmoid is applied once more
// why: a is already sigmoid(z), so its slope is a (1 - a). You put a through the sigmoid again before taking the slope.
#include <cmath>
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> delta(a.size(), 0.0);
  for (size_t j = 0; j < a.size(); j++) {
    for (size_t k = 0; k < W.size(); k++) delta[j] += W[k][j] * delta_above[k];
    const double s = 1 / (1 + std::exp(-a[j]));
    delta[j] *= s * (1 - s);
  }
  return delta;
}
