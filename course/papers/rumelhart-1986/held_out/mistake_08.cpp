// slip: the brackets around 1 - a are missing
// shows: W = {{1}}, delta_above = {1}, a = {0.5} gives 0 instead of 0.25
// named: mutants/brackets.cpp
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> result;
  for (size_t j = 0; j < a.size(); j++) {
    double sum = 0;
    for (size_t k = 0; k < W.size(); k++) sum += W[k][j] * delta_above[k];
    result.push_back(sum * a[j] * 1 - a[j]);
  }
  return result;
}
