// slip: in the result, the first entry is as it was
// why: Index 0 is the first one. Look at where your loop begins.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clip;
using solution_::longest;

std::vector<double> clipped(const std::vector<double>& v, double low, double high) {
  std::vector<double> result = v;
  for (size_t i = 1; i < v.size(); i++) result[i] = std::min(high, std::max(low, v[i]));
  return result;
}
