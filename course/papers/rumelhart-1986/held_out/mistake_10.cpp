// slip: the slope is multiplied in at each step of the sum, so early terms get it several times
// shows: W = {{1}, {2}}, delta_above = {1, 1}, a = {0.5} gives 0.5625 instead of 0.75
// named: mutants/slope_at_each_step.cpp
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> out(a.size(), 0.0);
  for (size_t j = 0; j < a.size(); ++j) {
    const double slope = a[j] * (1 - a[j]);
    for (size_t k = 0; k < delta_above.size(); ++k) out[j] = (out[j] + W[k][j] * delta_above[k]) * slope;
  }
  return out;
}
