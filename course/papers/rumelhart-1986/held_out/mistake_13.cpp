// slip: = in place of +=, so only the last unit above sends its error down
// shows: W = {{1}, {2}}, delta_above = {1, 1}, a = {0.5} gives 0.5 instead of 0.75
// named: mutants/last_row.cpp
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> result(a.size(), 0.0);
  for (std::size_t k = 0; k < W.size(); k++)
    for (std::size_t j = 0; j < a.size(); j++) result[j] = W[k][j] * delta_above[k] * a[j] * (1 - a[j]);
  return result;
}
