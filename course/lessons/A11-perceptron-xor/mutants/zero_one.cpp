// slip: classes taken to be 0 and 1
// why: The classes here are -1 and +1. You turn the sum into 0 or 1 and subtract that from the class: an example of class -1 is then never right, and
//   its corrections have the wrong size.
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (size_t i = 0; i < X.size(); i++) {
    double sum = w[0];
    for (size_t j = 0; j < X[i].size(); j++) sum += w[j + 1] * X[i][j];
    const int said = sum > 0;
    if (said == y[i]) continue;
    w[0] += y[i] - said;
    for (size_t j = 0; j < X[i].size(); j++) w[j + 1] += (y[i] - said) * X[i][j];
    mistakes++;
  }
  return mistakes;
}
