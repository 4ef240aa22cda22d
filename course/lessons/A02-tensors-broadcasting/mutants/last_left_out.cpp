// slip: the size of the last axis is left out of the products
// why: The stride of an axis is the product of all sizes right of it, the last one included.
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
    if (i > 1) product *= size;
  }
  return strides;
}
