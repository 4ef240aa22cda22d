// slip: in the result, every entry is high
// why: The smaller of x and high, and then the larger of that and low.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clip;
using solution_::longest;

std::vector<double> clipped(const std::vector<double>& v, double low, double high) {
  std::vector<double> result = v;
  for (double& x : result) x = std::max(high, std::min(low, x));
  return result;
}
