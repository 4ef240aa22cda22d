// slip: an axis of size 0 gets the stride 0
// why: Only an axis of size 1, or one that is missing, gets the stride 0. One of size 0 keeps the product of the sizes right of it.
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
    if (size > 1) strides[to.size() - i] = product;
    product *= size;
  }
  return strides;
}
