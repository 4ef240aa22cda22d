// slip: mistakes of class +1 are passed over
// why: For the class +1 a sum that is not positive is a mistake, and x is added.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum += w[i] * x[i];
  if (y > 0 || sum < 0) return false;
  for (size_t i = 0; i < w.size(); i++) w[i] += y * x[i];
  return true;
}
