// slip: the entries are cut to whole numbers
// why: The entries are doubles: take double& x, or auto&, in the loop.
#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clipped;
using solution_::longest;

void clip(std::vector<double>& v, double low, double high) {
  for (double& x : v) x = std::trunc(std::min(high, std::max(low, x)));
}
