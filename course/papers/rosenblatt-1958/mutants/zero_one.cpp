// slip: classes 0 and 1 instead of -1 and +1
// why: An example of class -1 has a negative sum when it is right. You ask for a positive sum of 1 and for no positive sum of 0, and take 0 for -1 in the step, so class -1 is never learned.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum += w[i] * x[i];
  const int target = y > 0, predicted = sum > 0;
  if (target == predicted) return false;
  for (size_t i = 0; i < w.size(); i++) w[i] += target * x[i];
  return true;
}
