// slip: numbers that are too large are counted by their remainder
// why: Numbers outside of 0 ... classes - 1 are passed over.
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes, 0);
  for (const int x : v) {
    if (x >= 0 && classes > 0) result[x % classes]++;
  }
  return result;
}
