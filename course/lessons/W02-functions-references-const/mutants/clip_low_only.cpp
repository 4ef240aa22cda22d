// slip: entries above high stay
// why: Both ends are asked for: below low becomes low, above high becomes high.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clipped;
using solution_::longest;

void clip(std::vector<double>& v, double low, double high) {
  for (double& x : v)
    if (x < low) x = low;
}
