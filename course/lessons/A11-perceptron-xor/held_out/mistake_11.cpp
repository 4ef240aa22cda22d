// slip: < 0 in place of <= 0, so a sum of zero is no mistake and zero weights never change
// shows: w = {0, 0}, X = {{2}}, y = {1} returns 0 and leaves w {0, 0} instead of 1 and {1, 2}
// named: mutants/zero_is_right.cpp
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (size_t i = 0; i < X.size(); i++) {
    double sum = w[0];
    for (size_t j = 0; j < X[i].size(); j++) sum += w[j + 1] * X[i][j];
    if (y[i] * sum < 0) {
      mistakes++;
      w[0] += y[i];
      for (size_t j = 0; j < X[i].size(); j++) w[j + 1] += y[i] * X[i][j];
    }
  }
  return mistakes;
}
