// slip: sum is overwritten instead of added to
// why: sum[i] += v[i] adds; sum[i] = v[i] forgets what was there.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::clip;
using solution_::clipped;
using solution_::longest;

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  const std::vector<double> other = v;
  if (sum.size() < other.size()) sum.resize(other.size(), 0.0);
  for (size_t i = 0; i < other.size(); i++) sum[i] = other[i];
}
