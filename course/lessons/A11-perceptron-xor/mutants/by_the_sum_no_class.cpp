// slip: corrected by the sum in place of the class
// why: The correction is y times the feature: the class says which way, and the sum says nothing more once the example is a mistake. Yours adds the
//   sum times the feature.
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (size_t i = 0; i < X.size(); i++) {
    double sum = w[0];
    for (size_t j = 0; j < X[i].size(); j++) sum += w[j + 1] * X[i][j];
    if (y[i] * sum > 0) continue;
    w[0] += sum;
    for (size_t j = 0; j < X[i].size(); j++) w[j + 1] += sum * X[i][j];
    mistakes++;
  }
  return mistakes;
}
