// slip: the slope a (1 - a) of the hidden units is forgotten
// shows: W = {{2}}, delta_above = {1}, a = {0.5} gives 2 instead of 0.5
// named: mutants/no_slope.cpp
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  int m = int(W.size());
  int n = int(a.size());
  std::vector<double> result(n);
  for (int j = 0; j < n; j++) {
    double sum = 0;
    for (int k = 0; k < m; k++) { sum += W[k][j] * delta_above[k]; }
    result[j] = sum;
  }
  return result;
}
