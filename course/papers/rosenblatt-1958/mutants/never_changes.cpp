// slip: the weights stay as they are
// why: It is found out rightly whether the perceptron is wrong; then w has to become w + y x. Is a copy of w changed?
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum += w[i] * x[i];
  if (y * sum > 0) return false;
  return true;
}
