// slip: corrected twice as far
// why: The correction is y x. You use the difference between class and answer, which is 2 y when the answer is wrong: twice as far.
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (size_t i = 0; i < X.size(); i++) {
    double sum = w[0];
    for (size_t j = 0; j < X[i].size(); j++) sum += w[j + 1] * X[i][j];
    if (y[i] * sum > 0) continue;
    w[0] += 2 * y[i];
    for (size_t j = 0; j < X[i].size(); j++) w[j + 1] += 2 * y[i] * X[i][j];
    mistakes++;
  }
  return mistakes;
}
