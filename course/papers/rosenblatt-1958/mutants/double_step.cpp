// slip: the step is twice as long
// why: y minus the predicted class is 2 y where the class is wrong. The rule adds y x, once.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum += w[i] * x[i];
  if (y * sum > 0) return false;
  for (size_t i = 0; i < w.size(); i++) w[i] += 2 * y * x[i];
  return true;
}
