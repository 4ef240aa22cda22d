// slip: the step goes the wrong way
// why: After a mistake w has to move towards y x, so that the sum comes nearer to the side of y. You move away from it.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum += w[i] * x[i];
  if (y * sum > 0) return false;
  for (size_t i = 0; i < w.size(); i++) w[i] -= y * x[i];
  return true;
}
