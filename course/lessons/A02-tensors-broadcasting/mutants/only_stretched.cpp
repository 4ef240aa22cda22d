// slip: an axis of size 1 gets 0 only where `to` has more
// why: An axis of size 1 always gets the stride 0, also where `to` has 1 there.
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
    if (size == to[to.size() - i]) strides[to.size() - i] = product;
    product *= size;
  }
  return strides;
}
