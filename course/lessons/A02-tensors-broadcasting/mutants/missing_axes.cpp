// slip: the axes that `shape` lacks get no stride
// why: The result has one stride for each axis of `to`. Those that `shape` does not have come first, with 0.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

using solution_::broadcast_shapes;

std::vector<int64_t> broadcast_strides(const std::vector<int64_t>& shape, const std::vector<int64_t>& to) {
  (void)to;
  return solution_::broadcast_strides(shape, shape);
}
