// slip: the clipped entries stand behind the old ones
// why: A copy of v has all its entries already: change them, or begin with an empty vector.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clip;
using solution_::longest;

std::vector<double> clipped(const std::vector<double>& v, double low, double high) {
  std::vector<double> result = v;
  for (const double x : v) result.push_back(std::min(high, std::max(low, x)));
  return result;
}
