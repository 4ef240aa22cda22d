// slip: the weights change before the sum is complete
// why: Right or wrong is known only when all products are added: first one loop for the sum, then another one for the step.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  bool changed = false;
  for (size_t i = 0; i < w.size(); i++) {
    sum += w[i] * x[i];
    if (y * sum <= 0) w[i] += y * x[i], changed = true;
  }
  return changed;
}
