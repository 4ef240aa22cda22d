// slip: numbers below 0 are left out of the sum
// why: All numbers are added, those below 0 as well.
#include <vector>

using solution_::counts;
using solution_::tilt;

double mean(const std::vector<int>& v) {
  if (v.empty()) return 0;
  double sum = 0;
  for (const int x : v) sum += x > 0 ? x : 0;
  return sum / double(v.size());
}
