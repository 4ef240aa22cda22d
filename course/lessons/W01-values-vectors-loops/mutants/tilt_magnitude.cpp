// slip: the sign of the tilt is lost
// why: With more numbers below 0 than above, the tilt is negative.
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
  return double(above > below ? above - below : below - above) / double(v.size());
}
