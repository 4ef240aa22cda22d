// slip: a single number makes the result a single number
// why: The shape {} has no axes; all those of the other shape are missing in it and count as 1. The result is the other shape.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

using solution_::broadcast_strides;

std::vector<int64_t> broadcast_shapes(const std::vector<int64_t>& a, const std::vector<int64_t>& b) {
  if (a.empty() || b.empty()) return {};
  return solution_::broadcast_shapes(a, b);
}
