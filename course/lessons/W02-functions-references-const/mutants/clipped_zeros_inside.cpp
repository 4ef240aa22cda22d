// slip: in the result, entries inside are 0
// why: Entries from low to high stay as they are: begin with a copy of v, or write them, too.
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clip;
using solution_::longest;

std::vector<double> clipped(const std::vector<double>& v, double low, double high) {
  std::vector<double> result(v.size(), 0.0);
  for (size_t i = 0; i < v.size(); i++)
    if (v[i] < low || v[i] > high) result[i] = v[i] < low ? low : high;
  return result;
}
