// slip: the mean so far and the next number are halved each time
// why: That gives the last numbers more weight than the first. Add all up, and divide once.
#include <vector>

using solution_::counts;
using solution_::tilt;

double mean(const std::vector<int>& v) {
  if (v.empty()) return 0;
  double sum = 0;
  for (const int x : v) sum = (sum + x) / 2;
  return sum;
}
