// slip: a number that is too large throws
// why: Numbers that are too large are passed over like negative ones.
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes, 0);
  for (const int x : v) {
    if (x >= 0) result.at(size_t(x))++;
  }
  return result;
}
