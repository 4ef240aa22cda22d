// slip: the sum is cut to whole numbers
// why: A sum that begins at 0 and not at 0.0, or a variable of type int, keeps no fraction. Sum up in a double.
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> delta(a.size(), 0.0);
  for (size_t j = 0; j < a.size(); j++) {
    int sum = 0;
    for (size_t k = 0; k < W.size(); k++) sum = int(sum + W[k][j] * delta_above[k]);
    delta[j] = sum;
    delta[j] *= a[j] * (1 - a[j]);
  }
  return delta;
}
