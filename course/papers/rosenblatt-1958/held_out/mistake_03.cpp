// slip: adds x whatever the class, the factor y is forgotten in the update
// shows: w = (1, 1), x = (1, 2), y = -1 becomes (2, 3) instead of (0, -1)
// named: mutants/no_y.cpp
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double s = 0;
  for (size_t i = 0; i < w.size(); i++) { s += w[i] * x[i]; }
  if (y * s <= 0) {
    for (size_t i = 0; i < w.size(); i++) { w[i] += x[i]; }
    return true;
  }
  return false;
}
