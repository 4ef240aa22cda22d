// slip: the clipped entries stand behind a row of zeros
// why: std::vector<double> result(v.size()) has its entries already: write result[i], or begin with an empty vector.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::add_to;
using solution_::clip;
using solution_::longest;

std::vector<double> clipped(const std::vector<double>& v, double low, double high) {
  std::vector<double> result(v.size());
  for (const double x : v) result.push_back(std::min(high, std::max(low, x)));
  return result;
}
