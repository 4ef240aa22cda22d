// slip: only the sign of the difference is returned
// why: The difference of the two counts is divided by how many numbers there are.
#include <vector>

using solution_::counts;
using solution_::mean;

double tilt(const std::vector<int>& v) {
  if (v.empty()) return 0;
  int above = 0, below = 0;
  for (const int x : v) {
    if (x > 0) above++;
    if (x < 0) below++;
  }
  return above > below ? 1 : above < below ? -1 : 0;
}
