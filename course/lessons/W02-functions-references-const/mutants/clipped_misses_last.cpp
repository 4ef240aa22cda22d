// slip: in the result, the last entry is as it was
// why: Every entry is looked at. Look at where your loop ends.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clip;
using solution_::longest;

std::vector<double> clipped(const std::vector<double>& v, double low, double high) {
  std::vector<double> result = v;
  for (size_t i = 0; i + 1 < v.size(); i++) result[i] = std::min(high, std::max(low, v[i]));
  return result;
}
