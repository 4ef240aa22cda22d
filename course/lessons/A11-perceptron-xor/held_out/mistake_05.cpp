// slip: all corrections are collected and made at the end of the pass
// shows: w = {0, 0}, X = {{2}, {1}}, y = {1, 1}: returns 2 and w = {2, 3}, instead of 1 and w = {1, 2}
// named: mutants/batch.cpp
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  std::vector<double> change(w.size(), 0.0);
  int mistakes = 0;
  for (std::size_t i = 0; i < X.size(); i++) {
    double sum = w[0];
    for (std::size_t j = 0; j < X[i].size(); j++) sum += w[j + 1] * X[i][j];
    if (y[i] * sum <= 0) {
      mistakes++;
      change[0] += y[i];
      for (std::size_t j = 0; j < X[i].size(); j++) change[j + 1] += y[i] * X[i][j];
    }
  }
  for (std::size_t j = 0; j < w.size(); j++) w[j] += change[j];
  return mistakes;
}
