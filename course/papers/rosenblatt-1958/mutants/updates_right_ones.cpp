// slip: the weights change on right answers and stay on wrong ones
// why: The comparison is turned round: where y times the sum is positive, nothing is to be done.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum += w[i] * x[i];
  if (y * sum <= 0) return false;
  for (size_t i = 0; i < w.size(); i++) w[i] += y * x[i];
  return true;
}
