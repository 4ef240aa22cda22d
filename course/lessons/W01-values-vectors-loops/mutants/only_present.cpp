// slip: each class is only marked as there
// why: Each time a number occurs its count goes up by one: result[x]++, not result[x] = 1.
#include <cstddef>
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes, 0);
  for (const int x : v) {
    if (x >= 0 && x < classes) result[x] = 1;
  }
  return result;
}
