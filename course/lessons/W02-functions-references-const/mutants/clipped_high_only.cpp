// slip: in the result, entries below low stay
// why: clipped changes its copy at both ends, as clip does. Call clip on the copy.
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
  for (double& x : result) x = std::min(high, x);
  return result;
}
