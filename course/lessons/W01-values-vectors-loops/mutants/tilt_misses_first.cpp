// slip: the first number is not looked at
// why: Index 0 is the first one. Look at where your loop begins.
#include <vector>

using solution_::counts;
using solution_::mean;

double tilt(const std::vector<int>& v) {
  if (v.empty()) return 0;
  int above = 0, below = 0;
  for (size_t i = 1; i < v.size(); i++) {
    const int x = v[i];
    if (x > 0) above++;
    if (x < 0) below++;
  }
  return double(above - below) / double(v.size());
}
