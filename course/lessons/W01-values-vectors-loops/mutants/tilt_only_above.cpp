// slip: numbers below 0 are not taken away
// why: The tilt is the count above 0 minus the count below 0; yours is the share of those above.
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
  return double(above) / double(v.size());
}
