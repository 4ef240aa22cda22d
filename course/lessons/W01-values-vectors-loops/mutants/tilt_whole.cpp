// slip: the tilt is a division of whole numbers
// why: Both counts are whole numbers, so their quotient is cut off to -1, 0 or 1. Make one side a double before you divide.
#include <cstddef>
#include <vector>

using solution_::counts;
using solution_::mean;

double tilt(const std::vector<int>& v) {
  if (v.empty()) return 0;
  int above = 0, below = 0;
  for (const int x : v) {
    if (x > 0) above++;
    if (x < 0) below++;
  }
  return (above - below) / int(v.size());
}
