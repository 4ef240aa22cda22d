// slip: the class of the first example is used for all
// why: Example i has the class y[i].
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (size_t i = 0; i < X.size(); i++) {
    double sum = w[0];
    for (size_t j = 0; j < X[i].size(); j++) sum += w[j + 1] * X[i][j];
    if (y[0] * sum > 0) continue;
    w[0] += y[0];
    for (size_t j = 0; j < X[i].size(); j++) w[j + 1] += y[0] * X[i][j];
    mistakes++;
  }
  return mistakes;
}
