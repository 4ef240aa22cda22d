// slip: the magnitudes are added
// why: Numbers below 0 make the sum smaller: add them with their sign.
#include <vector>

using solution_::counts;
using solution_::tilt;

double mean(const std::vector<int>& v) {
  if (v.empty()) return 0;
  double sum = 0;
  for (const int x : v) sum += x < 0 ? -x : x;
  return sum / double(v.size());
}
