// slip: zeros are left out of the number of entries
// why: The tilt is divided by how many numbers there are, zeros included: by size().
#include <cstddef>
#include <vector>

using solution_::counts;
using solution_::mean;

double tilt(const std::vector<int>& v) {
  int above = 0, below = 0;
  for (const int x : v) {
    if (x > 0) above++;
    if (x < 0) below++;
  }
  return above + below == 0 ? 0 : double(above - below) / double(above + below);
}
