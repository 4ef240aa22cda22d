// slip: corrected by the difference of class and answer
// why: The correction is y x. The difference of class and answer is 2 y where the answer is the other class, and y where the sum is 0.
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (size_t i = 0; i < X.size(); i++) {
    double sum = w[0];
    for (size_t j = 0; j < X[i].size(); j++) sum += w[j + 1] * X[i][j];
    if (y[i] * sum > 0) continue;
    const double step = sum == 0 ? y[i] : 2 * y[i];
    w[0] += step;
    for (size_t j = 0; j < X[i].size(); j++) w[j + 1] += step * X[i][j];
    mistakes++;
  }
  return mistakes;
}
