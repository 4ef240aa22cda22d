// slip: the sum starts at zero, the bias is left out of it
// shows: w = {3, -1}, X = {{1}}, y = {1}: returns 1 and w = {4, 0}, instead of 0 and w unchanged
// named: mutants/sum_without_bias.cpp
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int count = 0;
  for (std::size_t i = 0; i < X.size(); i++) {
    double sum = 0;
    for (std::size_t j = 0; j < X[i].size(); j++) sum += w[j + 1] * X[i][j];
    if (y[i] * sum > 0) continue;
    count++;
    w[0] += y[i];
    for (std::size_t j = 0; j < X[i].size(); j++) w[j + 1] += y[i] * X[i][j];
  }
  return count;
}
