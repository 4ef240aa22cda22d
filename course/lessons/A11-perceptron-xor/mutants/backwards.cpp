// slip: the examples are taken from the last to the first
// why: The examples are taken in order, X[0] first. With corrections at once, the order changes the weights.
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (size_t i = X.size(); i-- > 0;) {
    double sum = w[0];
    for (size_t j = 0; j < X[i].size(); j++) sum += w[j + 1] * X[i][j];
    if (y[i] * sum > 0) continue;
    w[0] += y[i];
    for (size_t j = 0; j < X[i].size(); j++) w[j + 1] += y[i] * X[i][j];
    mistakes++;
  }
  return mistakes;
}
