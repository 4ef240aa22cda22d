// slip: a sum of exactly 0 is counted as class +1
// why: A sum of exactly 0 is on neither side, so it counts as wrong for both classes. Yours takes it for +1, so an example of class +1 with this sum changes nothing.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum += w[i] * x[i];
  if ((sum >= 0 ? 1 : -1) == y) return false;
  for (size_t i = 0; i < w.size(); i++) w[i] += y * x[i];
  return true;
}
