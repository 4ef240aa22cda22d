// slip: the strides stand at the left
// why: The axes of `shape` are the last ones of `to`. The zeros of the missing axes stand in front of them.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

using solution_::broadcast_shapes;

std::vector<int64_t> broadcast_strides(const std::vector<int64_t>& shape, const std::vector<int64_t>& to) {
  std::vector<int64_t> strides = solution_::broadcast_strides(shape, shape);
  strides.resize(to.size(), 0);
  return strides;
}
