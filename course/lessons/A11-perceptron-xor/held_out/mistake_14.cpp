// slip: the correction adds y X[i][j] to w[j] in place of w[j + 1], beside the bias's own share
// shows: w = {0, 0}, X = {{2}}, y = {1} makes w {3, 0} instead of {1, 2}
// named: mutants/shifted_correction.cpp
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  const std::size_t n = w.size() - 1;
  int count = 0;
  for (std::size_t i = 0; i < X.size(); i++) {
    double sum = w[0];
    for (std::size_t j = 0; j < n; j++) { sum += w[j + 1] * X[i][j]; }
    if (y[i] * sum <= 0) {
      count++;
      w[0] += y[i];
      for (std::size_t j = 0; j < n; j++) { w[j] += y[i] * X[i][j]; }
    }
  }
  return count;
}
