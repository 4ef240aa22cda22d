// slip: the bias is not corrected
// shows: w = {0, 0}, X = {{2}}, y = {1} leaves w = {0, 2} instead of {1, 2}
// named: mutants/no_bias.cpp
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int wrong = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const std::vector<double>& x = X[i];
    double sum = w[0];
    for (std::size_t j = 0; j < x.size(); ++j) sum += w[j + 1] * x[j];
    if (sum * y[i] <= 0) {
      ++wrong;
      for (std::size_t j = 0; j < x.size(); ++j) w[j + 1] += y[i] * x[j];
    }
  }
  return wrong;
}
