// slip: the sum over the units above is made a mean, divided by m
// shows: W = {{1}, {2}}, delta_above = {1, 1}, a = {0.5} gives 0.375 instead of 0.75
// named: mutants/mean.cpp
#include <cstddef>
#include <vector>

// Each unit above hands its share down to all hidden units; the slopes come last.
std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> share(a.size(), 0.0);
  for (std::size_t k = 0; k < W.size(); ++k) {
    const std::vector<double>& row = W[k];
    for (std::size_t j = 0; j < row.size(); ++j) share[j] += delta_above[k] * row[j] / double(W.size());
  }
  for (std::size_t j = 0; j < share.size(); ++j) share[j] *= a[j] - a[j] * a[j];
  return share;
}
