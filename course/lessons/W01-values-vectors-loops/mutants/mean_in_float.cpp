// slip: the mean is computed in float
// why: A float keeps about seven digits. Use double.
#include <vector>

using solution_::counts;
using solution_::tilt;

double mean(const std::vector<int>& v) {
  if (v.empty()) return 0;
  double sum = 0;
  for (const int x : v) sum += x;
  return float(sum) / float(v.size());
}
