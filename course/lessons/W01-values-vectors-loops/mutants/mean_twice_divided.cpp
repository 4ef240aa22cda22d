// slip: divided twice
// why: Divide either each number or the whole sum, not both.
#include <vector>

using solution_::counts;
using solution_::tilt;

double mean(const std::vector<int>& v) {
  if (v.empty()) return 0;
  double sum = 0;
  for (const int x : v) sum += x;
  return sum / double(v.size()) / double(v.size());
}
