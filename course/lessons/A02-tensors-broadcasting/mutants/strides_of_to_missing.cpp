// slip: the strides are those of `to`, with 0 only for the axes that `shape` lacks
// why: What lies in memory has the shape `shape`: its sizes make the strides. An axis that it has with the size 1 gets 0, too.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

using solution_::broadcast_shapes;

std::vector<int64_t> broadcast_strides(const std::vector<int64_t>& shape, const std::vector<int64_t>& to) {
  std::vector<int64_t> strides(to.size(), 0);
  int64_t product = 1;
  for (size_t i = 1; i <= shape.size(); i++) {
    const int64_t size = to[to.size() - i];
    strides[to.size() - i] = product;
    product *= size;
  }
  return strides;
}
