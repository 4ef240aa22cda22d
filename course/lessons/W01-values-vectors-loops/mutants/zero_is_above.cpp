// slip: 0 counts as above 0
// why: "Above 0" is x > 0. With >=, or with an else for all the rest, zeros are counted on one side.
#include <cstddef>
#include <vector>

using solution_::counts;
using solution_::mean;

double tilt(const std::vector<int>& v) {
  if (v.empty()) return 0;
  int above = 0, below = 0;
  for (const int x : v) {
    if (x >= 0) above++;
    else below++;
  }
  return double(above - below) / double(v.size());
}
