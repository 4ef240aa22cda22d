// slip: the weights are read with row and column swapped (W in place of its transpose)
// shows: W = {{1, 2}, {3, 4}}, delta_above = {1, 0}, a = {0.5, 0.5} gives {0.25, 0.75} instead of {0.25, 0.5}
// named: mutants/transposed.cpp
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  const size_t m = W.size(), n = a.size();
  std::vector<double> flat;  // all weights in one list
  for (const auto& row : W) flat.insert(flat.end(), row.begin(), row.end());
  std::vector<double> delta(n, 0.0);
  for (size_t j = 0; j < n; j++) {
    for (size_t k = 0; k < m; k++) delta[j] += flat[j * m + k] * delta_above[k];
    delta[j] *= a[j] * (1 - a[j]);
  }
  return delta;
}
