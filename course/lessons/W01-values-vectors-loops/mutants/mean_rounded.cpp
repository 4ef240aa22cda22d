// slip: the mean is rounded to a whole number
// why: {1, 2} has the mean 1.5: return it as it is.
#include <cmath>
#include <vector>

using solution_::counts;
using solution_::tilt;

double mean(const std::vector<int>& v) {
  if (v.empty()) return 0;
  double sum = 0;
  for (const int x : v) sum += x;
  return std::round(sum / double(v.size()));
}
