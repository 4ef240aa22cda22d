// slip: mistakes are counted after the pass
// why: A mistake is counted when its example is met, with the weights of that moment. Yours are counted at the end, with the last weights.
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  solution_::perceptron_epoch(w, X, y);
  int mistakes = 0;
  for (size_t i = 0; i < X.size(); i++) {
    double sum = w[0];
    for (size_t j = 0; j < X[i].size(); j++) sum += w[j + 1] * X[i][j];
    mistakes += y[i] * sum <= 0;
  }
  return mistakes;
}
