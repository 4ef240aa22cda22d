// slip: sum grows by zeros
// why: Where v is longer, its entries that are left come into sum. Yours makes room for them and does not add them.
#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::clip;
using solution_::clipped;
using solution_::longest;

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  const size_t both = std::min(sum.size(), v.size());
  for (size_t i = 0; i < both; i++) sum[i] += v[i];
  if (sum.size() < v.size()) sum.resize(v.size(), 0.0);
}
