// slip: the result is turned round
// why: true says that the weights were changed, false that the answer was right.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum += w[i] * x[i];
  if (y * sum > 0) return true;
  for (size_t i = 0; i < w.size(); i++) w[i] += y * x[i];
  return false;
}
