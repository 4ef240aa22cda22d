// slip: feature j goes with w[j], and the first one is left out
// why: X[i][0] belongs to w[1], X[i][j] to w[j + 1]. Your loop begins at 1 and takes w[j] with X[i][j].
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (size_t i = 0; i < X.size(); i++) {
    double sum = w[0];
    for (size_t j = 1; j < X[i].size(); j++) sum += w[j] * X[i][j];
    if (y[i] * sum > 0) continue;
    w[0] += y[i];
    for (size_t j = 1; j < X[i].size(); j++) w[j] += y[i] * X[i][j];
    mistakes++;
  }
  return mistakes;
}
