// slip: a is taken for z, so the sigmoid is applied to the activation once more before the slope is computed
// shows: W = {{2}}, delta_above = {1}, a = {0.9} gives 0.411 instead of 0.18
// named: mutants/slope_of_a.cpp
#include <cmath>
#include <cstddef>
#include <vector>

static double sigmoid(double z) { return 1.0 / (1.0 + std::exp(-z)); }
static double sigmoid_slope(double z) { return sigmoid(z) * (1.0 - sigmoid(z)); }

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  const std::size_t m = W.size(), n = a.size();
  std::vector<double> out(n);
  for (std::size_t j = 0; j < n; j++) {
    double s = 0;
    for (std::size_t k = 0; k < m; k++) s += W[k][j] * delta_above[k];
    out[j] = s * sigmoid_slope(a[j]);
  }
  return out;
}
