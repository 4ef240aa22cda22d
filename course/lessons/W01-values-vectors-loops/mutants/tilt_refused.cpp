// slip: an empty vector is refused
// why: The tilt of an empty vector is 0 here: return it before you divide.
#include <stdexcept>
#include <vector>

using solution_::counts;
using solution_::mean;

double tilt(const std::vector<int>& v) {
  if (v.empty()) throw std::invalid_argument("empty");
  int above = 0, below = 0;
  for (const int x : v) {
    if (x > 0) above++;
    if (x < 0) below++;
  }
  return double(above - below) / double(v.size());
}
