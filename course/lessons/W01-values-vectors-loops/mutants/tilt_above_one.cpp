// slip: only numbers above 1 and below -1 count
// why: 1 is above 0, and -1 below: x > 0 and x < 0.
#include <vector>

using solution_::counts;
using solution_::mean;

double tilt(const std::vector<int>& v) {
  if (v.empty()) return 0;
  int above = 0, below = 0;
  for (const int x : v) {
    if (x > 1) above++;
    if (x < -1) below++;
  }
  return double(above - below) / double(v.size());
}
