// slip: the class 0 is never counted
// why: 0 is a class like the others: x >= 0, not x > 0.
#include <cstddef>
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes, 0);
  for (const int x : v) {
    if (x > 0 && x < classes) result[x]++;
  }
  return result;
}
