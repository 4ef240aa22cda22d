// slip: the sum is kept as a whole number
// why: Weights and features have places behind the point, and so has their sum. In an int (or begun at 0 in std::inner_product, which is an int,
//   too) they are lost: write double, and 0.0.
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (size_t i = 0; i < X.size(); i++) {
    int sum = int(w[0]);
    for (size_t j = 0; j < X[i].size(); j++) sum = int(sum + w[j + 1] * X[i][j]);
    if (y[i] * sum > 0) continue;
    w[0] += y[i];
    for (size_t j = 0; j < X[i].size(); j++) w[j + 1] += y[i] * X[i][j];
    mistakes++;
  }
  return mistakes;
}
