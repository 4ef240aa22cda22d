// slip: a sum of exactly 0 does not count as a mistake (< instead of <=)
// shows: w = (0, 0), x = (1, 2), y = 1 stays (0, 0) and gives false; right is (1, 2) and true
// named: mutants/zero_is_right.cpp
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double s = 0;
  for (size_t i = 0; i < w.size(); i++) { s += w[i] * x[i]; }
  if (y * s < 0) {
    for (size_t i = 0; i < w.size(); i++) { w[i] += y * x[i]; }
    return true;
  }
  return false;
}
