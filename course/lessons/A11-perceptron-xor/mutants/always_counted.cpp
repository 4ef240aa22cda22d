// slip: every example is corrected and counted
// why: Only where y[i] * sum is not above 0 is there a mistake, which is counted and corrected. Yours has no condition.
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (size_t i = 0; i < X.size(); i++) {
    w[0] += y[i];
    for (size_t j = 0; j < X[i].size(); j++) w[j + 1] += y[i] * X[i][j];
    mistakes++;
  }
  return mistakes;
}
