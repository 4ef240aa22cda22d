// slip: the difference is divided by size() as a whole number
// why: An int divided by the unsigned v.size() is a division of whole numbers, and wraps around below 0. Make both a double.
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
  return double(size_t(above - below) / v.size());
}
