// slip: the last axis gets 0
// why: The product of no sizes at all is 1: the last axis, with nothing right of it, has the stride 1 unless its size is 1.
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
    if (size != 1 && i > 1) strides[to.size() - i] = product;
    product *= size;
  }
  return strides;
}
