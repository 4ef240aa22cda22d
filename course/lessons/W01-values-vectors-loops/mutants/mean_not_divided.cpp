// slip: the sum is not divided
// why: The mean is the sum divided by how many numbers there are.
#include <vector>

using solution_::counts;
using solution_::tilt;

double mean(const std::vector<int>& v) {
  if (v.empty()) return 0;
  double sum = 0;
  for (const int x : v) sum += x;
  return sum;
}
