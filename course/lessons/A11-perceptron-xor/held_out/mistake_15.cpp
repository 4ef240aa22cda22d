// slip: the sum is declared outside of the loop over the examples and goes on from one to the next
// shows: w = {1, 1}, X = {{2}, {-3}}, y = {1, -1} returns 1 and w = {0, 4} instead of 0 and {1, 1}
// named: mutants/sum_not_reset_bias.cpp
// named: mutants/sum_not_reset.cpp
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  double sum = 0;
  for (std::size_t i = 0; i < X.size(); ++i) {
    sum += w[0];
    for (std::size_t j = 0; j < X[i].size(); ++j) sum += w[j + 1] * X[i][j];
    if (y[i] * sum <= 0) {
      ++mistakes;
      w[0] += y[i];
      for (std::size_t j = 0; j < X[i].size(); ++j) w[j + 1] += y[i] * X[i][j];
    }
  }
  return mistakes;
}
