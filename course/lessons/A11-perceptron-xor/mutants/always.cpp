// slip: corrected on right answers, too
// why: The rule changes the weights only when the example is on the wrong side. Yours changes them for every example, so they never come to rest.
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (size_t i = 0; i < X.size(); i++) {
    double sum = w[0];
    for (size_t j = 0; j < X[i].size(); j++) sum += w[j + 1] * X[i][j];
    w[0] += y[i];
    for (size_t j = 0; j < X[i].size(); j++) w[j + 1] += y[i] * X[i][j];
    mistakes += y[i] * sum <= 0;
  }
  return mistakes;
}
