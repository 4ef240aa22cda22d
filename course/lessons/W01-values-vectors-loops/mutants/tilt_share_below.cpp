// slip: how many are below, divided by how many there are
// why: From how many are above 0 take how many are below, and divide then.
#include <vector>

using solution_::counts;
using solution_::mean;

double tilt(const std::vector<int>& v) {
  if (v.empty()) return 0;
  int below = 0;
  for (const int x : v) {
    if (x < 0) below++;
  }
  return double(below) / double(v.size());
}
