// slip: the mean of nothing is 0 / 0
// why: An empty vector has size 0, and a sum of 0 divided by 0 is no number (nan). Ask for empty() first.
#include <cstddef>
#include <vector>

using solution_::counts;
using solution_::tilt;

double mean(const std::vector<int>& v) {
  double sum = 0;
  for (const int x : v) sum += x;
  return sum / double(v.size());
}
