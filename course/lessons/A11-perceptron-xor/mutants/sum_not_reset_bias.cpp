// slip: the sum goes on from the example before
// why: Each example has a sum of its own, which begins with w[0]. Yours adds the bias and the products to those of the examples before.
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  double sum = 0;
  for (size_t i = 0; i < X.size(); i++) {
    sum += w[0];
    for (size_t j = 0; j < X[i].size(); j++) sum += w[j + 1] * X[i][j];
    if (y[i] * sum > 0) continue;
    w[0] += y[i];
    for (size_t j = 0; j < X[i].size(); j++) w[j + 1] += y[i] * X[i][j];
    mistakes++;
  }
  return mistakes;
}
