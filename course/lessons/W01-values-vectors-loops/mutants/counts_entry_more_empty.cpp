// slip: the result has one entry too many, which stays 0
// why: The classes are 0 ... classes - 1: that are `classes` entries.
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes + 1, 0);
  for (const int x : v) {
    if (x >= 0 && x < classes) result[x]++;
  }
  return result;
}
