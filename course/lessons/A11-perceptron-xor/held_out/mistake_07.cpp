// slip: an example is corrected again and again until it is right, each time counted
// shows: w = {-5, 0}, X = {{1}}, y = {1}: returns 3 and w = {-2, 3}, instead of 1 and w = {-4, 1}
// named: mutants/until_right.cpp
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  auto sum_of = [&w](const std::vector<double>& x) {
    double sum = w[0];
    for (std::size_t j = 0; j < x.size(); j++) sum += w[j + 1] * x[j];
    return sum;
  };
  int mistakes = 0;
  for (std::size_t i = 0; i < X.size(); i++) {
    while (y[i] * sum_of(X[i]) <= 0) {
      mistakes++;
      w[0] += y[i];
      for (std::size_t j = 0; j < X[i].size(); j++) w[j + 1] += y[i] * X[i][j];
    }
  }
  return mistakes;
}
