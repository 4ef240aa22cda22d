// slip: an axis of size 0 counts as 1 in the products
// why: The stride is the product of all sizes right of the axis, a 0 among them as well: {2, 0, 3} has the strides {0, 3, 1}.
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
    product *= std::max<int64_t>(size, 1);
  }
  return strides;
}
