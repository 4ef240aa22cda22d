// slip: the mean over the units above in place of the sum
// why: A hidden unit is to blame for the errors of every unit above it: their shares are added, and not divided by how many there are.
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> delta(a.size(), 0.0);
  for (size_t j = 0; j < a.size(); j++) {
    for (size_t k = 0; k < W.size(); k++) delta[j] += W[k][j] * delta_above[k];
    delta[j] /= double(W.size());
    delta[j] *= a[j] * (1 - a[j]);
  }
  return delta;
}
