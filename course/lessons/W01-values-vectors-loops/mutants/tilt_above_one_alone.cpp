// slip: only numbers above 1 count as above
// why: 1 is above 0: x > 0.
#include <vector>

using solution_::counts;
using solution_::mean;

double tilt(const std::vector<int>& v) {
  if (v.empty()) return 0;
  int above = 0, below = 0;
  for (const int x : v) {
    if (x > 1) above++;
    if (x < 0) below++;
  }
  return double(above - below) / double(v.size());
}
