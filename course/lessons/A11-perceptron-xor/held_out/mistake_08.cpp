// slip: the bias grows by 1 at each mistake, whatever the class
// shows: w = {0, 0}, X = {{2}}, y = {-1} leaves w = {1, -2} instead of {-1, -2}
// named: mutants/bias_plus_1.cpp
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (std::size_t i = 0; i < X.size(); i++) {
    double sum = w[0];
    for (std::size_t j = 0; j < X[i].size(); j++) sum += w[j + 1] * X[i][j];
    if (sum * y[i] > 0) continue;
    w[0] += 1;
    for (std::size_t j = 1; j < w.size(); j++) w[j] += y[i] * X[i][j - 1];
    mistakes += 1;
  }
  return mistakes;
}
