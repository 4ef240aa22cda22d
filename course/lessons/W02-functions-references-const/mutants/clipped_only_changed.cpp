// slip: only the entries that were outside are in the result
// why: Entries from low to high belong to the result, too, as they are.
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clip;
using solution_::longest;

std::vector<double> clipped(const std::vector<double>& v, double low, double high) {
  std::vector<double> result;
  for (const double x : v)
    if (x < low || x > high) result.push_back(x < low ? low : high);
  return result;
}
