// slip: the weight of the bias is used in the sum but not corrected
// shows: w = {0, 0}, X = {{2}}, y = {1} makes w {0, 2} instead of {1, 2}
// named: mutants/no_bias.cpp
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int errors = 0;
  for (std::size_t row = 0; row < y.size(); ++row) {
    const std::vector<double>& x = X[row];
    double s = w[0];
    for (std::size_t j = 1; j < w.size(); ++j) s += w[j] * x[j - 1];
    if (s * y[row] > 0) continue;
    for (std::size_t j = 1; j < w.size(); ++j) w[j] += y[row] * x[j - 1];
    ++errors;
  }
  return errors;
}
