// slip: a difference of unsigned counters goes below 0
// why: size_t has no negative numbers: 1 - 2 wraps around to a number of twenty digits. Count with int, or make both a double before you
//   subtract.
#include <cstddef>
#include <vector>

using solution_::counts;
using solution_::mean;

double tilt(const std::vector<int>& v) {
  if (v.empty()) return 0;
  size_t above = 0, below = 0;
  for (const int x : v) {
    if (x > 0) above++;
    if (x < 0) below++;
  }
  return double(above - below) / double(v.size());
}
