// slip: the bias counts twice in the sum
// why: x[0] is 1, so w[0] * x[0] is the bias: begin the sum at 0, not at w[0].
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = w[0];
  for (size_t i = 0; i < w.size(); i++) sum += w[i] * x[i];
  if (y * sum > 0) return false;
  for (size_t i = 0; i < w.size(); i++) w[i] += y * x[i];
  return true;
}
