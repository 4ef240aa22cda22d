// slip: a learning rate in the correction
// why: The rule adds y x as it is. There is no rate in it: from 0 it would only change the length of w, and from elsewhere the path.
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (size_t i = 0; i < X.size(); i++) {
    double sum = w[0];
    for (size_t j = 0; j < X[i].size(); j++) sum += w[j + 1] * X[i][j];
    if (y[i] * sum > 0) continue;
    w[0] += 0.01 * y[i];
    for (size_t j = 0; j < X[i].size(); j++) w[j + 1] += 0.01 * y[i] * X[i][j];
    mistakes++;
  }
  return mistakes;
}
