// slip: only the last hidden unit gets the slope
// why: The line with the slope stands behind the loop over j: every unit needs it.
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> delta(a.size(), 0.0);
  for (size_t j = 0; j < a.size(); j++) {
    for (size_t k = 0; k < W.size(); k++) delta[j] += W[k][j] * delta_above[k];
  }
  delta.back() *= a.back() * (1 - a.back());
  return delta;
}
