// right
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double s = 0;
  for (size_t i = 0; i < w.size(); i++) { s += w[i] * x[i]; }
  if (y * s <= 0) {
    for (size_t i = 0; i < w.size(); i++) { w[i] += y * x[i]; }
    return true;
  }
  return false;
}
