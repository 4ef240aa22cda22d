// slip: multiplied by the activation instead of the slope
// why: The activation a belongs into the gradient of the weights (delta times a). The signal itself takes the slope a (1 - a).
#include <cmath>
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> delta(a.size(), 0.0);
  for (size_t j = 0; j < a.size(); j++) {
    for (size_t k = 0; k < W.size(); k++) delta[j] += W[k][j] * delta_above[k];
    delta[j] *= a[j];
  }
  return delta;
}
