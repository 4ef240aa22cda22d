// slip: the strides are those of a tensor of the shape `to`
// why: What lies in memory has the shape `shape`: its sizes make the strides, and axes that repeat it get 0.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

using solution_::broadcast_shapes;

std::vector<int64_t> broadcast_strides(const std::vector<int64_t>& shape, const std::vector<int64_t>& to) {
  std::vector<int64_t> strides(to.size(), 0);
  int64_t product = 1;
  for (size_t i = 1; i <= to.size(); i++) {
    const int64_t size = to[to.size() - i];
    strides[to.size() - i] = product;
    product *= size;
  }
  return strides;
}
