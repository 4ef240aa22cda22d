// slip: every entry outside becomes high
// why: An entry below low becomes low. Only those above high become high.
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clipped;
using solution_::longest;

void clip(std::vector<double>& v, double low, double high) {
  for (double& x : v)
    if (x < low || x > high) x = high;
}
