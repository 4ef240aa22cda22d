// slip: the bias is left out of the sum, which starts at entry 1
// shows: w = (3, -1), x = (1, 2), y = 1: sum -2 instead of 1, so w becomes (4, 1) with true instead of staying with false
// named: mutants/bias_not_in_sum.cpp
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double s = 0;
  for (size_t i = 1; i < w.size(); i++) { s += w[i] * x[i]; }
  if (y * s <= 0) {
    for (size_t i = 0; i < w.size(); i++) { w[i] += y * x[i]; }
    return true;
  }
  return false;
}
