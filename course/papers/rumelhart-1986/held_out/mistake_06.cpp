// slip: the sum is not set back to 0 for the next hidden unit
// shows: W = {{1, 1}}, delta_above = {1}, a = {0.5, 0.5} gives {0.25, 0.5} instead of {0.25, 0.25}
// named: mutants/sum_goes_on.cpp
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> d(a.size());
  double sum = 0;
  for (size_t j = 0; j < a.size(); j++) {
    for (size_t k = 0; k < delta_above.size(); k++) sum += delta_above[k] * W[k][j];
    d[j] = a[j] * (1 - a[j]) * sum;
  }
  return d;
}
