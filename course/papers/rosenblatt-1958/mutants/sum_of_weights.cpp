// slip: the sum is that of the weights alone
// why: Each weight is multiplied by its input.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum += w[i];
  if (y * sum > 0) return false;
  for (size_t i = 0; i < w.size(); i++) w[i] += y * x[i];
  return true;
}
