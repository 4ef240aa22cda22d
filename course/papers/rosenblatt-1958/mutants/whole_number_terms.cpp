// slip: the sum is cut to whole numbers
// why: A sum that begins at 0 and not at 0.0, or a variable of type int, keeps no fraction. Sum up in a double.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum += int(w[i] * x[i]);
  if (y * sum > 0) return false;
  for (size_t i = 0; i < w.size(); i++) w[i] += y * x[i];
  return true;
}
