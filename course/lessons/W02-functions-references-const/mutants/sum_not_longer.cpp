// slip: sum does not grow
// why: Where v is longer, the entries that are left belong to the result: push_back them.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::clip;
using solution_::clipped;
using solution_::longest;

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  for (size_t i = 0; i < std::min(sum.size(), v.size()); i++) sum[i] += v[i];
}
