// slip: the correction is divided by the number of features
// why: y times the feature is added to each weight, whole. Nothing in the rule is a mean over the features. In yours the bias is right.
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (size_t i = 0; i < X.size(); i++) {
    double sum = w[0];
    for (size_t j = 0; j < X[i].size(); j++) sum += w[j + 1] * X[i][j];
    if (y[i] * sum > 0) continue;
    w[0] += y[i];
    for (size_t j = 0; j < X[i].size(); j++) w[j + 1] += y[i] * X[i][j] / double(X[i].size());
    mistakes++;
  }
  return mistakes;
}
