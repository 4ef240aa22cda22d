// slip: in the result, every entry is low
// why: The larger of x and low, and then the smaller of that and high.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clip;
using solution_::longest;

std::vector<double> clipped(const std::vector<double>& v, double low, double high) {
  std::vector<double> result = v;
  for (double& x : result) x = std::min(low, std::max(high, x));
  return result;
}
