// slip: numbers below 0 are counted by their magnitude
// why: Negative numbers are passed over.
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes, 0);
  for (const int x : v) {
    const int k = x < 0 ? -x : x;
    if (k < classes) result[k]++;
  }
  return result;
}
