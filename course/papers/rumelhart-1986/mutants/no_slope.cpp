// slip: the slope of the sigmoid is missing
// why: What arrives from above is dL/da. To get dL/dz it has to be multiplied by the slope of the sigmoid, a (1 - a).
#include <cmath>
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> delta(a.size(), 0.0);
  for (size_t j = 0; j < a.size(); j++) {
    for (size_t k = 0; k < W.size(); k++) delta[j] += W[k][j] * delta_above[k];
  }
  return delta;
}
