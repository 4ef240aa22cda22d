// slip: each number counts twice
// why: result[x]++ adds 1 already.
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes, 0);
  for (const int x : v) {
    if (x >= 0 && x < classes) result[x] += 2;
  }
  return result;
}
