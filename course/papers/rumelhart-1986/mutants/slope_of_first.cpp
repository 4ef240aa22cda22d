// slip: the slope of the first unit is used for all
// why: Every hidden unit has its own activation: a[j] (1 - a[j]).
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> delta(a.size(), 0.0);
  for (size_t j = 0; j < a.size(); j++) {
    for (size_t k = 0; k < W.size(); k++) delta[j] += W[k][j] * delta_above[k];
    delta[j] *= a[0] * (1 - a[0]);
  }
  return delta;
}
