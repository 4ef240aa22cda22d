// slip: axes that are repeated keep a stride
// why: A step along an axis of size 1, or one that `shape` does not have, has to stay at the same numbers: its stride is 0.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

using solution_::broadcast_shapes;

std::vector<int64_t> broadcast_strides(const std::vector<int64_t>& shape, const std::vector<int64_t>& to) {
  std::vector<int64_t> strides(to.size(), 0);
  int64_t product = 1;
  for (size_t i = 1; i <= to.size(); i++) {
    const int64_t size = i <= shape.size() ? shape[shape.size() - i] : 1;
    strides[to.size() - i] = product;
    product *= size;
  }
  return strides;
}
