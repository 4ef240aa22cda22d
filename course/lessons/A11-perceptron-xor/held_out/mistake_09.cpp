// slip: the bias is taken for the last weight: w[j] belongs to feature j and w[n] is the bias
// shows: w = {0, 0}, X = {{2}}, y = {1} leaves w = {2, 1} instead of {1, 2}
// named: mutants/bias_last.cpp
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (std::size_t i = 0; i < X.size(); i++) {
    double sum = w.back();
    for (std::size_t j = 0; j < X[i].size(); j++) sum += w[j] * X[i][j];
    if (y[i] * sum <= 0) {
      for (std::size_t j = 0; j < X[i].size(); j++) w[j] += y[i] * X[i][j];
      w.back() += y[i];
      mistakes++;
    }
  }
  return mistakes;
}
