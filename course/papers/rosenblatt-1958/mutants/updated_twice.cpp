// slip: the sum is computed again in the loop of the step
// why: The step is taken from the sum before: add y x to every weight, once.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum += w[i] * x[i];
  if (y * sum > 0) return false;
  for (size_t i = 0; i < w.size() && y * sum <= 0; i++) w[i] += y * x[i], sum += y * x[i] * x[i];
  return true;
}
