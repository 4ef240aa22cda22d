// slip: the last number is not looked at
// why: The last index is size() - 1, and i < size() lets i go up to it. With i < size() - 1 the loop ends one early.
#include <cstddef>
#include <vector>

using solution_::counts;
using solution_::mean;

double tilt(const std::vector<int>& v) {
  if (v.empty()) return 0;
  int above = 0, below = 0;
  for (size_t i = 0; i + 1 < v.size(); i++) {
    if (v[i] > 0) above++;
    if (v[i] < 0) below++;
  }
  return double(above - below) / double(v.size());
}
