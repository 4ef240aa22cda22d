// slip: the counts stand in reverse order
// why: Entry k of the result says how often k occurs.
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes, 0);
  for (const int x : v) {
    if (x >= 0 && x < classes) result[x]++;
  }
  return {result.rbegin(), result.rend()};
}
