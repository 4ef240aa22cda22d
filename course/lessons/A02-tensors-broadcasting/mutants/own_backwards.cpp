// slip: the strides of the axes of `shape` stand in reverse order
// why: The last axis has stride 1, and strides grow from right to left. Yours were put in from the other end.
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
    if (size != 1) strides[to.size() - shape.size() + i - 1] = product;
    product *= size;
  }
  return strides;
}
