// slip: the classes are counted from 1
// why: The first class is 0 and its count stands at index 0. Yours has the count of 1 there.
#include <cstddef>
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes, 0);
  for (const int x : v) {
    if (x >= 1 && x <= classes) result[x - 1]++;
  }
  return result;
}
