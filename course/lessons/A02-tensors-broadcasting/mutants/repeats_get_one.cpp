// slip: axes that are repeated get the stride 1
// why: A step along an axis of size 1, or one that `shape` does not have, has to stay at the same numbers: its stride is 0, not 1.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

using solution_::broadcast_shapes;

std::vector<int64_t> broadcast_strides(const std::vector<int64_t>& shape, const std::vector<int64_t>& to) {
  std::vector<int64_t> strides(to.size(), 1);
  int64_t product = 1;
  for (size_t i = 1; i <= shape.size(); i++) {
    const int64_t size = shape[shape.size() - i];
    if (size != 1) strides[to.size() - i] = product;
    product *= size;
  }
  return strides;
}
