// slip: the sum begins with 1
// why: A sum begins with 0.
#include <vector>

using solution_::counts;
using solution_::tilt;

double mean(const std::vector<int>& v) {
  if (v.empty()) return 0;
  double sum = 1;
  for (const int x : v) sum += x;
  return sum / double(v.size());
}
