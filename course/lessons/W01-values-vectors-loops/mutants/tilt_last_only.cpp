// slip: only the last number counts
// why: The counters are made before the loop, so that they keep what was counted.
#include <vector>

using solution_::counts;
using solution_::mean;

double tilt(const std::vector<int>& v) {
  if (v.empty()) return 0;
  int above = 0, below = 0;
  for (const int x : v) {
    above = below = 0;
    if (x > 0) above++;
    if (x < 0) below++;
  }
  return double(above - below) / double(v.size());
}
