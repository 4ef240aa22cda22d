// slip: the strides stand in reverse order
// why: You walk from the last axis to the first, so each new stride belongs in front of those that you have, or the list has to be reversed at
//   the end.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

using solution_::broadcast_shapes;

std::vector<int64_t> broadcast_strides(const std::vector<int64_t>& shape, const std::vector<int64_t>& to) {
  std::vector<int64_t> strides = solution_::broadcast_strides(shape, to);
  std::reverse(strides.begin(), strides.end());
  return strides;
}
