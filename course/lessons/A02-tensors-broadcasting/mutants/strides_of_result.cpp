// slip: the strides are those of the result
// why: The numbers lie in memory as `shape` says; nothing was copied. So the products go over the sizes of `shape`, not over those of
//   `to`.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

using solution_::broadcast_shapes;

std::vector<int64_t> broadcast_strides(const std::vector<int64_t>& shape, const std::vector<int64_t>& to) {
  std::vector<int64_t> strides(to.size(), 0);
  int64_t product = 1;
  for (size_t i = 1; i <= to.size(); i++) {
    if (i <= shape.size() && shape[shape.size() - i] != 1) strides[to.size() - i] = product;
    product *= to[to.size() - i];
  }
  return strides;
}
