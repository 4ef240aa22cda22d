// slip: 0 counts as below 0
// why: "Below 0" is x < 0. An else behind x > 0 takes the zeros, too.
#include <cstddef>
#include <vector>

using solution_::counts;
using solution_::mean;

double tilt(const std::vector<int>& v) {
  if (v.empty()) return 0;
  int above = 0, below = 0;
  for (const int x : v) {
    if (x > 0) above++;
    else below++;
  }
  return double(above - below) / double(v.size());
}
