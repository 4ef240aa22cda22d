// slip: vectors of different lengths are left alone
// why: Both may be of any length. Where v is longer sum grows, where it is shorter the rest of sum stays.
#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

using solution_::clip;
using solution_::clipped;
using solution_::longest;

void add_to(std::vector<double>& sum, const std::vector<double>& v) {
  if (sum.size() != v.size()) return;
  solution_::add_to(sum, v);
}
