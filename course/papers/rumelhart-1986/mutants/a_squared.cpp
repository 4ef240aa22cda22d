// slip: a^2 instead of the slope
// why: The slope of the sigmoid is a (1 - a), that is a - a^2.
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> delta(a.size(), 0.0);
  for (size_t j = 0; j < a.size(); j++) {
    for (size_t k = 0; k < W.size(); k++) delta[j] += W[k][j] * delta_above[k];
    delta[j] *= a[j] * a[j];
  }
  return delta;
}
