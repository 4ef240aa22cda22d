// slip: the result has one entry too many
// why: Classes 0 ... classes - 1 are `classes` many. An index equal to the size lies behind the end.
#include <cstddef>
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes + 1, 0);
  for (const int x : v) {
    if (x >= 0 && x <= classes) result[x]++;
  }
  return result;
}
