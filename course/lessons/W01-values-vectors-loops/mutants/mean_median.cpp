// slip: the middle one of the sorted numbers
// why: That is the median. The mean is the sum of all numbers divided by how many there are.
#include <algorithm>
#include <vector>

using solution_::counts;
using solution_::tilt;

double mean(const std::vector<int>& v) {
  if (v.empty()) return 0;
  double sum = 0;
  std::vector<int> sorted = v;
  std::sort(sorted.begin(), sorted.end());
  sum = sorted[sorted.size() / 2];
  return sum;
}
