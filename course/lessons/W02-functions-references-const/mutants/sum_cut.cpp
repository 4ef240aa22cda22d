// slip: sum is cut to the length of v
// why: Where v is shorter, the other entries of sum stay.
#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::clip;
using solution_::clipped;
using solution_::longest;

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  const std::vector<double> other = v;
  sum.resize(other.size(), 0.0);
  for (size_t i = 0; i < other.size(); i++) sum[i] += other[i];
}
