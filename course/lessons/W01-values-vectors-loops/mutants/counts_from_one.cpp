// slip: the counts begin with 1
// why: A class that does not occur has the count 0: std::vector<int> result(classes, 0).
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes, 1);
  for (const int x : v) {
    if (x >= 0 && x < classes) result[x]++;
  }
  return result;
}
