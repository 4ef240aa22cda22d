// right
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

std::vector<int64_t> broadcast_shapes(const std::vector<int64_t>& a, const std::vector<int64_t>& b) {
  const size_t rank = std::max(a.size(), b.size());
  std::vector<int64_t> result(rank, 1);
  for (size_t k = 0; k < rank; k++) {  // k counts from the right
    const int64_t x = k < a.size() ? a[a.size() - 1 - k] : 1;
    const int64_t y = k < b.size() ? b[b.size() - 1 - k] : 1;
    if (x != y && x != 1 && y != 1) throw std::invalid_argument("the shapes do not broadcast");
    result[rank - 1 - k] = x == 1 ? y : x;
  }
  return result;
}

std::vector<int64_t> broadcast_strides(const std::vector<int64_t>& shape, const std::vector<int64_t>& to) {
  std::vector<int64_t> strides(to.size(), 0);
  const size_t extra = to.size() - shape.size();
  int64_t product = 1;
  for (size_t k = shape.size(); k-- > 0;) {
    if (shape[k] != 1) strides[extra + k] = product;
    product *= shape[k];
  }
  return strides;
}
