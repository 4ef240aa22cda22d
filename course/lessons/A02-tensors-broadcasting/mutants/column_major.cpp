// slip: the first axis has stride 1
// why: Row-major means that the last axis is the one whose neighbours lie side by side. A stride is the product of the sizes right of its
//   axis, not left of it.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

using solution_::broadcast_shapes;

std::vector<int64_t> broadcast_strides(const std::vector<int64_t>& shape, const std::vector<int64_t>& to) {
  std::vector<int64_t> strides(to.size(), 0);
  int64_t product = 1;
  for (size_t i = 0; i < shape.size(); i++) {
    if (shape[i] != 1) strides[to.size() - shape.size() + i] = product;
    product *= shape[i];
  }
  return strides;
}
