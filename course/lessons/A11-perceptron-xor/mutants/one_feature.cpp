// slip: only the first feature is used
// why: Each example has X[i].size() features. Yours uses w[0], w[1] and X[i][0] alone.
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (size_t i = 0; i < X.size(); i++) {
    double sum = w[0];
    sum += w[1] * X[i][0];
    if (y[i] * sum > 0) continue;
    w[0] += y[i];
    w[1] += y[i] * X[i][0];
    mistakes++;
  }
  return mistakes;
}
