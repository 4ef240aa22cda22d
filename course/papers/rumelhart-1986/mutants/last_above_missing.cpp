// slip: the last unit above is left out
// why: k runs over all rows of W, the last one included.
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> delta(a.size(), 0.0);
  for (size_t j = 0; j < a.size(); j++) {
    for (size_t k = 0; k + 1 < W.size(); k++) delta[j] += W[k][j] * delta_above[k];
    delta[j] *= a[j] * (1 - a[j]);
  }
  return delta;
}
