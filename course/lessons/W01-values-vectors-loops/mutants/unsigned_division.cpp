// slip: an int is divided by size()
// why: size() has no sign, and the int on the other side loses its sign as well: -3 becomes a number of twenty digits. What comes after
//   the point is dropped, too. Write double(v.size()).
#include <cstddef>
#include <vector>

using solution_::counts;
using solution_::tilt;

double mean(const std::vector<int>& v) {
  if (v.empty()) return 0;
  int sum = 0;
  for (const int x : v) sum += x;
  return double(size_t(sum) / v.size());
}
