// slip: a sum of 1 and below counts as a mistake
// why: The mistake begins at y times the sum of 0. A margin of 1 belongs to another method.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum += w[i] * x[i];
  if (y * sum > 1) return false;
  for (size_t i = 0; i < w.size(); i++) w[i] += y * x[i];
  return true;
}
