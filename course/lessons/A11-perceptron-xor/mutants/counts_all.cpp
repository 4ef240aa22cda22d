// slip: counts examples instead of mistakes
// why: The result is the number of mistakes; a pass without one has to return 0, since that is how the training knows that it is done. You count every example.
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (size_t i = 0; i < X.size(); i++) {
    double sum = w[0];
    for (size_t j = 0; j < X[i].size(); j++) sum += w[j + 1] * X[i][j];
    mistakes++;
    if (y[i] * sum > 0) continue;
    w[0] += y[i];
    for (size_t j = 0; j < X[i].size(); j++) w[j + 1] += y[i] * X[i][j];
  }
  return mistakes;
}
