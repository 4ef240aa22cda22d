// slip: the step is half as long
// why: The rule adds y times x: no rate, no half.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum += w[i] * x[i];
  if (y * sum > 0) return false;
  for (size_t i = 0; i < w.size(); i++) w[i] += 0.5 * y * x[i];
  return true;
}
