// slip: compares the answer (sum above 0: +1, else -1) with the class, so a sum of zero is right for the class -1
// shows: w = {0, 0}, X = {{2}}, y = {-1}: returns 0 and w stays, instead of 1 and w = {-1, -2}
// named: mutants/zero_is_minus.cpp
#include <cstddef>
#include <numeric>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (std::size_t i = 0; i < X.size(); i++) {
    const double sum = std::inner_product(X[i].begin(), X[i].end(), w.begin() + 1, w[0]);
    const int answer = sum > 0 ? 1 : -1;
    if (answer == y[i]) continue;
    mistakes++;
    w[0] += y[i];
    for (std::size_t j = 0; j < X[i].size(); j++) w[j + 1] += y[i] * X[i][j];
  }
  return mistakes;
}
