// slip: what is left is doubled
// why: Where sum ends, the entry of v is appended once, and not added to itself afterwards.
#include <stdexcept>
#include <string>
#include <vector>

using solution_::clip;
using solution_::clipped;
using solution_::longest;

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  const size_t both = sum.size();
  for (size_t i = 0; i < v.size(); i++) {
    if (i < both) sum[i] += v[i];
    else sum.push_back(2 * v[i]);
  }
}
