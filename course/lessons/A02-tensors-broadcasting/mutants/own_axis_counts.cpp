// slip: an axis's own size is part of its stride
// why: To come to the next row you step over one row: the product of the sizes right of the axis. Its own size says how many rows there
//   are.
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
    product *= size;
    if (size != 1) strides[to.size() - i] = product;
  }
  return strides;
}
