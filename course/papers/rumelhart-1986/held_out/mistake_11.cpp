// slip: the slope a (1 - a) of the sigmoid is forgotten, only W^T delta is computed
// shows: W = {{2}}, delta_above = {1}, a = {0.5} gives 2 instead of 0.5
// named: mutants/no_slope.cpp
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> delta(a.size(), 0.0);
  for (size_t j = 0; j < a.size(); j++) {
    for (size_t k = 0; k < W.size(); k++) { delta[j] += W[k][j] * delta_above[k]; }
  }
  return delta;
}
