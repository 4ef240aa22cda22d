// slip: only the first number counts
// why: Divide and return behind the loop, when all numbers have been looked at.
#include <vector>

using solution_::counts;
using solution_::mean;

double tilt(const std::vector<int>& v) {
  if (v.empty()) return 0;
  int above = 0, below = 0;
  for (const int x : v) {
    if (x > 0) above++;
    if (x < 0) below++;
    break;
  }
  return double(above - below) / double(v.size());
}
