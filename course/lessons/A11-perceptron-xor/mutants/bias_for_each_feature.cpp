// slip: the bias is corrected once for each feature
// why: w[0] belongs to one input that is always 1, so it grows by y once for each mistake. Yours stands within the loop over the features.
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (size_t i = 0; i < X.size(); i++) {
    double sum = w[0];
    for (size_t j = 0; j < X[i].size(); j++) sum += w[j + 1] * X[i][j];
    if (y[i] * sum > 0) continue;
    for (size_t j = 0; j < X[i].size(); j++) w[0] += y[i], w[j + 1] += y[i] * X[i][j];
    mistakes++;
  }
  return mistakes;
}
