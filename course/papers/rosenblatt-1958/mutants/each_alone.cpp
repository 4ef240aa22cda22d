// slip: each weight is decided by its own product
// why: The perceptron is right or wrong by its whole sum: first add up all products, then change all weights or none.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  bool changed = false;
  for (size_t i = 0; i < w.size(); i++)
    if (y * w[i] * x[i] <= 0) w[i] += y * x[i], changed = true;
  return changed;
}
