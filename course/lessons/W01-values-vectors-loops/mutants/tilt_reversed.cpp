// slip: the tilt has the wrong sign
// why: Numbers above 0 count plus, numbers below 0 minus: the first count minus the second, not the other way round.
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
  return double(below - above) / double(v.size());
}
