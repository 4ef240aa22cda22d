// slip: the tilt is computed in float
// why: A float keeps about seven digits. Use double.
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
  return float(above - below) / float(v.size());
}
