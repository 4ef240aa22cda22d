// right
#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    if (y[i] * std::inner_product(X[i].begin(), X[i].end(), w.begin() + 1, w[0]) > 0) continue;
    ++mistakes;
    w[0] += y[i];
    std::transform(X[i].begin(), X[i].end(), w.begin() + 1, w.begin() + 1, [c = y[i]](double x, double v) { return v + c * x; });
  }
  return mistakes;
}
