// slip: the size of the sum is taken without its sign
// why: The sign of the sum is the class that the perceptron says.
#include <cmath>
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum += w[i] * x[i];
  if (y * std::abs(sum) > 0) return false;
  for (size_t i = 0; i < w.size(); i++) w[i] += y * x[i];
  return true;
}
