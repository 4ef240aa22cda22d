// slip: in the result, entries outside are 0
// why: An entry below low becomes low, one above high becomes high.
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clip;
using solution_::longest;

std::vector<double> clipped(const std::vector<double>& v, double low, double high) {
  std::vector<double> result = v;
  for (double& x : result)
    if (x < low || x > high) x = 0;
  return result;
}
