// slip: the step is twice as long, and a sum of exactly 0 is counted as class -1
// why: y less the class that was said is 2 or -2: the rule adds y times x. And a sum of 0 is a mistake for both classes.
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum += w[i] * x[i];
  const int said = sum > 0 ? 1 : -1;
  if (said == y) return false;
  for (size_t i = 0; i < w.size(); i++) w[i] += (y - said) * x[i];
  return true;
}
