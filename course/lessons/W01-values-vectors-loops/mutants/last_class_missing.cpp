// slip: the last class is never counted
// why: The classes go up to classes - 1, and x < classes lets that one in. x < classes - 1 leaves it out.
#include <cstddef>
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes, 0);
  for (const int x : v) {
    if (x >= 0 && x < classes - 1) result[x]++;
  }
  return result;
}
