// slip: takes a for z and puts it through the sigmoid once more before the slope
// shows: W = {{1}}, delta_above = {1}, a = {0.5} gives 0.235 instead of 0.25
// named: mutants/slope_of_a.cpp
#include <cmath>
#include <cstddef>
#include <vector>

double sigmoid(double z) { return 1 / (1 + std::exp(-z)); }

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> result(a.size(), 0.0);
  for (size_t j = 0; j < a.size(); j++) {
    for (size_t k = 0; k < W.size(); k++) result[j] += W[k][j] * delta_above[k];
    double s = sigmoid(a[j]);
    result[j] *= s * (1 - s);
  }
  return result;
}
