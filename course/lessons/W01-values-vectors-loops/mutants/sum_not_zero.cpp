// slip: the sum does not begin at 0
// why: Before the loop nothing has been added, so the sum is 0. Yours begins with the first number, which the loop then adds again. (A
//   variable without a value holds whatever lay in its place.)
#include <cstddef>
#include <vector>

using solution_::counts;
using solution_::tilt;

double mean(const std::vector<int>& v) {
  if (v.empty()) return 0;
  double sum = v[0];
  for (const int x : v) sum += x;
  return sum / double(v.size());
}
