// slip: rows and columns of W are exchanged
// why: W[k][j] leads from hidden unit j up to unit k. To go back you sum over k, with j fixed: that is W transposed. You sum along a row of W.
#include <cmath>
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> delta(a.size(), 0.0);
  for (size_t j = 0; j < a.size(); j++) {
    const size_t n = W[0].size(), m = W.size();
    for (size_t k = 0; k < m; k++) delta[j] += W[(j * m + k) / n][(j * m + k) % n] * delta_above[k];
    delta[j] *= a[j] * (1 - a[j]);
  }
  return delta;
}
