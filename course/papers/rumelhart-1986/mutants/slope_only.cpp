// slip: the slope alone
// why: What arrives from above is to be multiplied by the slope: the sum of W[k][j] * delta_above[k].
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> delta(a.size(), 0.0);
  for (size_t j = 0; j < a.size(); j++) { delta[j] = a[j] * (1 - a[j]); }
  return delta;
}
