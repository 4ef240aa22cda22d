// slip: corrected already when y times the sum is below 1
// why: An example is a mistake when y times the sum is not above 0. Yours asks for 1: the sum is compared with 1, as in methods with a margin, or
//   cut to a whole number.
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (size_t i = 0; i < X.size(); i++) {
    double sum = w[0];
    for (size_t j = 0; j < X[i].size(); j++) sum += w[j + 1] * X[i][j];
    if (y[i] * sum >= 1) continue;
    w[0] += y[i];
    for (size_t j = 0; j < X[i].size(); j++) w[j + 1] += y[i] * X[i][j];
    mistakes++;
  }
  return mistakes;
}
