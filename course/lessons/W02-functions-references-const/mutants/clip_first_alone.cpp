// slip: only the first entry is changed
// why: Every entry is looked at. Does your function return in the first round of the loop?
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clipped;
using solution_::longest;

void clip(std::vector<double>& v, double low, double high) {
  for (double& x : v) {
    x = std::min(high, std::max(low, x));
    return;
  }
}
