// slip: the last weight is missing in the sum
// why: The loop for the sum has to reach the last weight; that for the step does.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i + 1 < w.size(); i++) sum += w[i] * x[i];
  if (y * sum > 0) return false;
  for (size_t i = 0; i < w.size(); i++) w[i] += y * x[i];
  return true;
}
