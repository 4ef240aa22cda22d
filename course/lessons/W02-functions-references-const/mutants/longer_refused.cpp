// slip: a v that is longer is refused
// why: Where v is longer, sum grows by the entries that are left.
#include <stdexcept>
#include <string>
#include <vector>

using solution_::clip;
using solution_::clipped;
using solution_::longest;

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  if (v.size() > sum.size()) throw std::invalid_argument("lengths");
  const size_t both = sum.size();
  for (size_t i = 0; i < v.size(); i++) {
    if (i < both) sum[i] += v[i];
    else sum.push_back(v[i]);
  }
}
