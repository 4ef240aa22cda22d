// slip: only the last number is counted
// why: The result is made before the loop, so that it keeps what was counted.
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes, 0);
  for (const int x : v) {
    result.assign(size_t(classes), 0);
    if (x >= 0 && x < classes) result[x]++;
  }
  return result;
}
