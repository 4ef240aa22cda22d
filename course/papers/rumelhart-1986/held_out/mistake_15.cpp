// slip: the slope is multiplied in inside of the loop over the units above, so earlier shares are multiplied by it several times
// shows: W = {{1}, {2}}, delta_above = {1, 1}, a = {0.5} gives 0.5625 instead of 0.75
// named: mutants/slope_at_each_step.cpp
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> delta(a.size(), 0.0);
  for (std::size_t j = 0; j < a.size(); ++j) {
    const double slope = a[j] * (1 - a[j]);
    for (std::size_t k = 0; k < W.size(); ++k) {
      delta[j] += W[k][j] * delta_above[k];
      delta[j] *= slope;
    }
  }
  return delta;
}
