// slip: shapes with different numbers of axes are refused
// why: {3} and {2, 3} fit: the missing axis at the left counts as 1. A single number, {}, fits with everything.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

using solution_::broadcast_strides;

std::vector<int64_t> broadcast_shapes(const std::vector<int64_t>& a, const std::vector<int64_t>& b) {
  if (a.size() != b.size()) throw std::invalid_argument("the shapes do not broadcast");
  return solution_::broadcast_shapes(a, b);
}
