// slip: negative numbers are counted as 0
// why: Negative numbers are passed over.
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes, 0);
  for (const int x : v) {
    if (x < classes && classes > 0) result[x < 0 ? 0 : x]++;
  }
  return result;
}
