// slip: only the numbers below are divided
// why: A quotient binds more tightly than a difference: put parentheses around above - below.
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
  return double(above) - double(below) / double(v.size());
}
