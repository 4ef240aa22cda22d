// slip: the counter is static and goes on counting in the next call
// shows: two calls with w = {0, 0}, X = {{2}, {1}}, y = {1, -1}: the second returns 3 instead of 1
// named: mutants/static_count.cpp
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  static int mistakes = 0;
  for (std::size_t i = 0; i < X.size(); i++) {
    double s = w[0];
    for (std::size_t j = 0; j < X[i].size(); j++) s += w[j + 1] * X[i][j];
    if (y[i] * s <= 0) {
      mistakes++;
      w[0] += y[i];
      for (std::size_t j = 0; j < X[i].size(); j++) w[j + 1] += y[i] * X[i][j];
    }
  }
  return mistakes;
}
