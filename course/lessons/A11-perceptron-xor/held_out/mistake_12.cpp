// slip: the corrections are collected and added after the pass, not at once
// shows: w = {0, 0}, X = {{2}, {2}}, y = {1, 1} returns 2 and w = {2, 4} instead of 1 and {1, 2}
// named: mutants/batch.cpp
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int wrong = 0;
  std::vector<double> change(w.size(), 0.0);
  for (std::size_t i = 0; i < X.size(); i++) {
    double sum = w[0];
    for (std::size_t j = 0; j < X[i].size(); j++) sum += w[j + 1] * X[i][j];
    if (y[i] * sum <= 0) {
      change[0] += y[i];
      for (std::size_t j = 0; j < X[i].size(); j++) change[j + 1] += y[i] * X[i][j];
      wrong++;
    }
  }
  for (std::size_t j = 0; j < w.size(); j++) w[j] += change[j];
  return wrong;
}
