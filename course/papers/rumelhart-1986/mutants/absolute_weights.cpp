// slip: the weights are taken without their sign
// why: A negative weight turns the signal round on the way back, too.
#include <cmath>
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> delta(a.size(), 0.0);
  for (size_t j = 0; j < a.size(); j++) {
    for (size_t k = 0; k < W.size(); k++) delta[j] += std::abs(W[k][j]) * delta_above[k];
    delta[j] *= a[j] * (1 - a[j]);
  }
  return delta;
}
