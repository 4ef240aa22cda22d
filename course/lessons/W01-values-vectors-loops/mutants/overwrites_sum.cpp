// slip: the sum is overwritten
// why: sum = x forgets what was there before; sum += x adds to it. Yours holds only the last number at the end.
#include <cstddef>
#include <vector>

using solution_::counts;
using solution_::tilt;

double mean(const std::vector<int>& v) {
  if (v.empty()) return 0;
  double sum = 0;
  for (const int x : v) sum = x;
  return sum / double(v.size());
}
