// slip: the bias is left out in both loops
// why: w[0] is a weight like the others, with the input 1: it counts in the sum, and it is learned.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 1; i < w.size(); i++) sum += w[i] * x[i];
  if (y * sum > 0) return false;
  for (size_t i = 1; i < w.size(); i++) w[i] += y * x[i];
  return true;
}
