// slip: the result is true on right answers, too
// why: When the perceptron is right, w stays and the result is false.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum += w[i] * x[i];
  if (y * sum > 0) return true;
  for (size_t i = 0; i < w.size(); i++) w[i] += y * x[i];
  return true;
}
