// slip: in the result, low and high are swapped
// why: Look at the order of the arguments and at the comparisons: below low becomes low, above high becomes high, as in clip.
#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clip;
using solution_::longest;

std::vector<double> clipped(const std::vector<double>& v, double low, double high) {
  std::vector<double> result = v;
  for (double& x : result) x = x < low ? high : x > high ? low : x;
  return result;
}
