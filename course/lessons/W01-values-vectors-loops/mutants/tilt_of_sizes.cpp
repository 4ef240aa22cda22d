// slip: the numbers are added, not counted
// why: The tilt asks how many numbers are above and below 0, whatever their size: a 5 counts as much as a 1.
#include <cstddef>
#include <vector>

using solution_::counts;
using solution_::mean;

double tilt(const std::vector<int>& v) {
  if (v.empty()) return 0;
  int above = 0, below = 0;
  for (const int x : v) {
    if (x > 0) above += x;
    if (x < 0) below -= x;
  }
  return double(above - below) / double(v.size());
}
