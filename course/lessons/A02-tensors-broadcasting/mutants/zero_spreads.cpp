// slip: a stride of 0 makes all strides left of it 0
// why: The products go over the sizes, not over the strides that you have written: a 0 for an axis of size 1 must not be multiplied on.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

using solution_::broadcast_shapes;

std::vector<int64_t> broadcast_strides(const std::vector<int64_t>& shape, const std::vector<int64_t>& to) {
  std::vector<int64_t> strides(to.size(), 0);
  int64_t stride = 1;
  for (size_t i = 1; i <= shape.size(); i++) {
    const int64_t size = shape[shape.size() - i];
    strides[to.size() - i] = size == 1 ? 0 : stride;
    stride = strides[to.size() - i] * size;
  }
  return strides;
}
