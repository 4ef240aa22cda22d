// slip: the first number is not counted
// why: Index 0 is the first one. Look at where your loop begins.
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes, 0);
  for (size_t i = 1; i < v.size(); i++) {
    const int x = v[i];
    if (x >= 0 && x < classes) result[x]++;
  }
  return result;
}
