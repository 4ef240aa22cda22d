// slip: entries inside become low or high, too
// why: Entries from low to high stay as they are.
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clipped;
using solution_::longest;

void clip(std::vector<double>& v, double low, double high) {
  for (double& x : v) x = x < (low + high) / 2 ? low : high;
}
