// slip: the sum is overwritten
// why: Only the last product is left: add each of them, += and not =.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum = w[i] * x[i];
  if (y * sum > 0) return false;
  for (size_t i = 0; i < w.size(); i++) w[i] += y * x[i];
  return true;
}
