// slip: corrected after the pass instead of at once
// why: Each correction has to be made before the next example is looked at. You collect them and apply all at the end, so every example of the pass meets the old weights.
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  std::vector<double> step(w.size(), 0.0);
  for (size_t i = 0; i < X.size(); i++) {
    double sum = w[0];
    for (size_t j = 0; j < X[i].size(); j++) sum += w[j + 1] * X[i][j];
    if (y[i] * sum > 0) continue;
    step[0] += y[i];
    for (size_t j = 0; j < X[i].size(); j++) step[j + 1] += y[i] * X[i][j];
    mistakes++;
  }
  for (size_t j = 0; j < w.size(); j++) w[j] += step[j];
  return mistakes;
}
