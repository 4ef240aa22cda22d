// slip: numbers outside are put into the nearest class
// why: Numbers below 0 and from `classes` on are passed over: they belong to no class.
#include <cstddef>
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  if (classes == 0) return {};
  std::vector<int> result(classes, 0);
  for (const int x : v) {
    const int k = x < 0 ? 0 : x < classes ? x : classes - 1;
    if (k >= 0) result[k]++;
  }
  return result;
}
