// slip: the slope of relu instead of the sigmoid
// why: 1 where the unit is on belongs to relu. The slope of the sigmoid is a (1 - a).
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> delta(a.size(), 0.0);
  for (size_t j = 0; j < a.size(); j++) {
    for (size_t k = 0; k < W.size(); k++) delta[j] += W[k][j] * delta_above[k];
    delta[j] *= a[j] > 0 ? 1 : 0;
  }
  return delta;
}
