// right
#include <cstddef>
#include <vector>

namespace {
double weighted_sum(const std::vector<double>& w, const std::vector<double>& x) {
  double sum = w[0];
  for (std::size_t j = 0; j < x.size(); ++j) sum += w[j + 1] * x[j];
  return sum;
}
}  // namespace

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (std::size_t i = 0; i < X.size(); ++i) {
    if (y[i] * weighted_sum(w, X[i]) > 0) continue;
    ++mistakes;
    w[0] += y[i];
    for (std::size_t j = 0; j < X[i].size(); ++j) w[j + 1] += y[i] * X[i][j];
  }
  return mistakes;
}
