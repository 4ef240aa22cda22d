// slip: an axis of size 1 keeps its stride
// why: A step along a stretched axis has to stay at the same number: its stride is 0. With another stride the second entry would be read
//   from beyond the one that is there.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

using solution_::broadcast_shapes;

std::vector<int64_t> broadcast_strides(const std::vector<int64_t>& shape, const std::vector<int64_t>& to) {
  std::vector<int64_t> strides(to.size(), 0);
  int64_t product = 1;
  for (size_t i = 1; i <= shape.size(); i++) {
    strides[to.size() - i] = product;
    product *= shape[shape.size() - i];
  }
  return strides;
}
