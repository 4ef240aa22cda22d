// slip: counting stops at the first number outside
// why: A number that belongs to no class is passed over, and the loop goes on with the next: continue, or an if around the counting. A break, or
//   a return, ends the whole loop.
#include <cstddef>
#include <vector>

using solution_::mean;
using solution_::tilt;

std::vector<int> counts(const std::vector<int>& v, int classes) {
  std::vector<int> result(classes, 0);
  for (const int x : v) {
    if (x < 0 || x >= classes) break;
    result[x]++;
  }
  return result;
}
