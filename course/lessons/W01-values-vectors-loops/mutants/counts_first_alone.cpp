// slip: only the first number is counted
// why: Return behind the loop, when all numbers have been looked at.
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes, 0);
  for (const int x : v) {
    if (x >= 0 && x < classes) result[x]++;
    break;
  }
  return result;
}
