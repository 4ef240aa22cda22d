// slip: an example is corrected until it is right
// why: Each example is corrected once in a pass when it is wrong. Yours stays with it until it is right, and counts that as one mistake.
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (size_t i = 0; i < X.size(); i++) {
    for (bool first = true;; first = false) {
      double sum = w[0];
      for (size_t j = 0; j < X[i].size(); j++) sum += w[j + 1] * X[i][j];
      if (y[i] * sum > 0) break;
      w[0] += y[i];
      for (size_t j = 0; j < X[i].size(); j++) w[j + 1] += y[i] * X[i][j];
      mistakes += first;
    }
  }
  return mistakes;
}
