// slip: the sum is kept in an int and loses its fraction
// shows: w = {0.5, 0}, X = {{1}}, y = {1}: returns 1 and w = {1.5, 1}, instead of 0 and w unchanged
// named: mutants/whole_product_and_bias.cpp
#include <cstddef>
#include <numeric>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (std::size_t i = 0; i < X.size(); i++) {
    const auto sum = std::inner_product(X[i].begin(), X[i].end(), w.begin() + 1, 0) + int(w[0]);
    if (y[i] * sum <= 0) {
      ++mistakes;
      w[0] += y[i];
      for (std::size_t j = 0; j < X[i].size(); j++) w[j + 1] += y[i] * X[i][j];
    }
  }
  return mistakes;
}
