// slip: mistakes are counted, but nothing is corrected
// why: With each mistake w[0] grows by y, and w[j + 1] by y times the feature, before the next example.
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (size_t i = 0; i < X.size(); i++) {
    double sum = w[0];
    for (size_t j = 0; j < X[i].size(); j++) sum += w[j + 1] * X[i][j];
    if (y[i] * sum > 0) continue;
    mistakes++;
  }
  return mistakes;
}
