// slip: the sum is cut to whole numbers
// why: A variable of type int, or a sum that begins at 0 and not at 0.0, keeps no fraction: 0.5 becomes 0. Sum up in a double.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  int sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum = int(sum + w[i] * x[i]);
  if (y * sum > 0) return false;
  for (size_t i = 0; i < w.size(); i++) w[i] += y * x[i];
  return true;
}
