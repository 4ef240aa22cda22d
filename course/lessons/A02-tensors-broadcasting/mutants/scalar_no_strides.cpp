// slip: a shape without axes gets no strides
// why: The result has one stride for each axis of `to`: for {} read as {2, 2} that is {0, 0}.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

using solution_::broadcast_shapes;

std::vector<int64_t> broadcast_strides(const std::vector<int64_t>& shape, const std::vector<int64_t>& to) {
  std::vector<int64_t> strides(to.size(), 0);
  if (shape.empty()) return {};
  int64_t product = 1;
  for (size_t i = 1; i <= shape.size(); i++) {
    const int64_t size = shape[shape.size() - i];
    if (size != 1) strides[to.size() - i] = product;
    product *= size;
  }
  return strides;
}
