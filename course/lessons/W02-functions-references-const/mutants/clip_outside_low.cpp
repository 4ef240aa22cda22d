// slip: every entry outside becomes low
// why: An entry above high becomes high. Only those below low become low.
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clipped;
using solution_::longest;

void clip(std::vector<double>& v, double low, double high) {
  for (double& x : v)
    if (x < low || x > high) x = low;
}
