// slip: entries outside are missing in the result
// why: The new vector has as many entries as v: one outside comes in with the value of the nearer limit, it is not left out.
#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clip;
using solution_::longest;

std::vector<double> clipped(const std::vector<double>& v, double low, double high) {
  std::vector<double> result;
  for (const double x : v)
    if (x >= low && x <= high) result.push_back(x);
  return result;
}
