// slip: the result leaves the function within the loop
// why: A return in the loop ends the function in the first round. It belongs behind the loop.
#include <cstddef>
#include <vector>

using solution_::counts;
using solution_::tilt;

double mean(const std::vector<int>& v) {
  double sum = 0;
  for (const int x : v) {
    sum += x;
    return sum / double(v.size());
  }
  return 0;
}
