// slip: the bias is taken to be the last weight
// why: w[0] is the bias, and w[j + 1] belongs to feature j. In yours w[j] belongs to feature j and the last weight is the bias.
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (size_t i = 0; i < X.size(); i++) {
    double sum = w.back();
    for (size_t j = 0; j < X[i].size(); j++) sum += w[j] * X[i][j];
    if (y[i] * sum > 0) continue;
    w.back() += y[i];
    for (size_t j = 0; j < X[i].size(); j++) w[j] += y[i] * X[i][j];
    mistakes++;
  }
  return mistakes;
}
