// slip: the tilt of nothing is 0 / 0
// why: An empty vector has size 0, and 0 divided by 0 is no number (nan). Ask for empty() here as well.
#include <cstddef>
#include <vector>

using solution_::counts;
using solution_::mean;

double tilt(const std::vector<int>& v) {
  int above = 0, below = 0;
  for (const int x : v) {
    if (x > 0) above++;
    if (x < 0) below++;
  }
  return double(above - below) / double(v.size());
}
