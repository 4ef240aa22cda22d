// slip: uses the slope of tanh, 1 - a squared
// shows: W = {{1}}, delta_above = {1}, a = {0.5} gives 0.75 instead of 0.25
// named: mutants/tanh_slope.cpp
#include <cstddef>
#include <vector>

// Each unit above hands its share down to all hidden units; the slopes come last.
std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> share(a.size(), 0.0);
  for (std::size_t k = 0; k < W.size(); ++k) {
    const std::vector<double>& row = W[k];
    for (std::size_t j = 0; j < row.size(); ++j) share[j] += delta_above[k] * row[j];
  }
  for (std::size_t j = 0; j < share.size(); ++j) share[j] *= 1 - a[j] * a[j];
  return share;
}
