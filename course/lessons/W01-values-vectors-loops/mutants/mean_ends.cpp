// slip: half way between the first and the last
// why: The mean is the sum of all numbers divided by how many there are.
#include <vector>

using solution_::counts;
using solution_::tilt;

double mean(const std::vector<int>& v) {
  if (v.empty()) return 0;
  double sum = 0;
  sum = double(v.front() + v.back());
  return sum / 2;
}
