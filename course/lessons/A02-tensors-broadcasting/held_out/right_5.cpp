// right
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

std::vector<int64_t> broadcast_shapes(const std::vector<int64_t>& a, const std::vector<int64_t>& b) {
  if (a.size() < b.size()) return broadcast_shapes(b, a);
  // a is the longer one now; b lies over its right end.
  std::vector<int64_t> result = a;
  const std::size_t offset = a.size() - b.size();
  for (std::size_t i = 0; i < b.size(); ++i) {
    int64_t& here = result[offset + i];
    if (here == b[i] || b[i] == 1) continue;
    if (here != 1) throw std::invalid_argument("the shapes do not broadcast");
    here = b[i];
  }
  return result;
}

std::vector<int64_t> broadcast_strides(const std::vector<int64_t>& shape, const std::vector<int64_t>& to) {
  std::vector<int64_t> result;
  for (std::size_t axis = 0; axis < to.size(); ++axis) {
    const std::size_t missing = to.size() - shape.size();
    if (axis < missing || shape[axis - missing] == 1) {
      result.push_back(0);
      continue;
    }
    int64_t stride = 1;
    for (std::size_t right = axis - missing + 1; right < shape.size(); ++right) stride *= shape[right];
    result.push_back(stride);
  }
  return result;
}
