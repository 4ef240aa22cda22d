// slip: sizes are added, not multiplied
// why: One step along an axis skips a whole block of the axes right of it. That block has the product of their sizes.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

using solution_::broadcast_shapes;

std::vector<int64_t> broadcast_strides(const std::vector<int64_t>& shape, const std::vector<int64_t>& to) {
  std::vector<int64_t> strides(to.size(), 0);
  int64_t product = 1;
  for (size_t i = 1; i <= shape.size(); i++) {
    const int64_t size = shape[shape.size() - i];
    if (size != 1) strides[to.size() - i] = product;
    product += size;
  }
  return strides;
}
