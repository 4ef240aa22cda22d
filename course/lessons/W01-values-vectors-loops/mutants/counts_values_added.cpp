// slip: the numbers are added, not counted
// why: Each number adds 1 to its class: result[x]++.
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes, 0);
  for (const int x : v) {
    if (x >= 0 && x < classes) result[x] += x;
  }
  return result;
}
