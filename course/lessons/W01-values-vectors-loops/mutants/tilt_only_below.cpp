// slip: numbers above 0 are not counted
// why: From how many are above 0 take how many are below: both count.
#include <vector>

using solution_::counts;
using solution_::mean;

double tilt(const std::vector<int>& v) {
  if (v.empty()) return 0;
  int above = 0, below = 0;
  for (const int x : v) {
    if (x < 0) below++;
  }
  return double(above - below) / double(v.size());
}
