// slip: the correction is divided by the number of examples
// why: Each mistake adds y x at once, as it is. A mean belongs to a gradient over all examples.
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (size_t i = 0; i < X.size(); i++) {
    double sum = w[0];
    for (size_t j = 0; j < X[i].size(); j++) sum += w[j + 1] * X[i][j];
    if (y[i] * sum > 0) continue;
    w[0] += double(y[i]) / double(X.size());
    for (size_t j = 0; j < X[i].size(); j++) w[j + 1] += y[i] * X[i][j] / double(X.size());
    mistakes++;
  }
  return mistakes;
}
