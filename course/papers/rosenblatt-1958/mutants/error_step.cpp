// slip: the step is as long as the error of the class
// why: y less the class that was said is 2 or -2 at a mistake, and 1 or -1 only where the sum is 0. The rule adds y times x.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum += w[i] * x[i];
  if (y * sum > 0) return false;
  const double step = y - (sum > 0) + (sum < 0);
  for (size_t i = 0; i < w.size(); i++) w[i] += step * x[i];
  return true;
}
