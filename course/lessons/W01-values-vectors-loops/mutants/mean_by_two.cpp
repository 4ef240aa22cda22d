// slip: divided by 2
// why: Divide by v.size(), the number of all entries, which is 2 only now and then.
#include <vector>

using solution_::counts;
using solution_::tilt;

double mean(const std::vector<int>& v) {
  if (v.empty()) return 0;
  double sum = 0;
  for (const int x : v) sum += x;
  return sum / 2;
}
