// slip: a negative number throws
// why: Negative numbers are passed over like those that are too large.
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes, 0);
  for (const int x : v) {
    if (x < classes) result.at(size_t(x))++;
  }
  return result;
}
