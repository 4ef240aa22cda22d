// slip: each number is divided by size()
// why: An int divided by the unsigned v.size() is a division of whole numbers, and wraps around below 0. Divide by double(v.size()).
#include <vector>

using solution_::counts;
using solution_::tilt;

double mean(const std::vector<int>& v) {
  if (v.empty()) return 0;
  double sum = 0;
  for (const int x : v) sum += double(size_t(x) / v.size());
  return sum;
}
