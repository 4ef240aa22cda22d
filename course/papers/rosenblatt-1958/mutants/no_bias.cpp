// slip: the bias is not learned
// why: w[0] belongs to the input that is always 1 and is changed like the others. Without it every boundary passes through the origin.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum += w[i] * x[i];
  if (y * sum > 0) return false;
  for (size_t i = 1; i < w.size(); i++) w[i] += y * x[i];
  return true;
}
