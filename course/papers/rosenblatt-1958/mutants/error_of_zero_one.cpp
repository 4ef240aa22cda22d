// slip: the step is the error between y and the class 0 or 1
// why: The classes are -1 and +1, and the step is y times x.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum += w[i] * x[i];
  if (y * sum > 0) return false;
  for (size_t i = 0; i < w.size(); i++) w[i] += (y - (sum > 0)) * x[i];
  return true;
}
