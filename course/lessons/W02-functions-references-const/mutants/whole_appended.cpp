// slip: where v is longer, all of it is appended
// why: Only the entries that are left, from the length of sum on, are appended.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::clip;
using solution_::clipped;
using solution_::longest;

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  const size_t both = std::min(sum.size(), v.size());
  for (size_t i = 0; i < both; i++) sum[i] += v[i];
  if (v.size() > both) sum.insert(sum.end(), v.begin(), v.end());
}
