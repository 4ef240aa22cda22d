// slip: decides for each weight alone by its own product, not by the sum
// shows: w = (3, -1), x = (1, 2), y = 1: sum is 1, w should stay with false, but becomes (3, 1) with true
// named: mutants/each_alone.cpp
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  bool changed = false;
  for (size_t i = 0; i < w.size(); i++) {
    if (y * w[i] * x[i] <= 0) {
      w[i] += y * x[i];
      changed = true;
    }
  }
  return changed;
}
