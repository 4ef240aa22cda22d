// slip: the sum is not set back to 0 for the next hidden unit
// why: Every hidden unit has a sum of its own: begin it at 0 inside the loop over j.
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> delta(a.size(), 0.0);
  double sum = 0;
  for (size_t j = 0; j < a.size(); j++) {
    for (size_t k = 0; k < W.size(); k++) sum += W[k][j] * delta_above[k];
    delta[j] = sum * a[j] * (1 - a[j]);
  }
  return delta;
}
