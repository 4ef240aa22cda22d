// slip: the mean is a division of whole numbers
// why: An int divided by an int drops what comes after the point: 3 / 2 is 1. Make one side a double before you divide.
#include <cstddef>
#include <vector>

using solution_::counts;
using solution_::tilt;

double mean(const std::vector<int>& v) {
  if (v.empty()) return 0;
  int sum = 0;
  for (const int x : v) sum += x;
  return sum / int(v.size());
}
