// A02: both shapes are walked from their last axes to their first ones.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

std::vector<int64_t> broadcast_shapes(const std::vector<int64_t>& a, const std::vector<int64_t>& b) {
  const size_t rank = std::max(a.size(), b.size());
  std::vector<int64_t> result(rank);
  for (size_t i = 1; i <= rank; i++) {  // the i-th axis from the right
    const int64_t s = i <= a.size() ? a[a.size() - i] : 1;
    const int64_t t = i <= b.size() ? b[b.size() - i] : 1;
    if (s != t && s != 1 && t != 1) throw std::invalid_argument("the shapes do not broadcast");
    result[rank - i] = s == 1 ? t : s;
  }
  return result;
}

std::vector<int64_t> broadcast_strides(const std::vector<int64_t>& shape, const std::vector<int64_t>& to) {
  std::vector<int64_t> strides(to.size(), 0);
  int64_t product = 1;
  for (size_t i = 1; i <= shape.size(); i++) {
    const int64_t size = shape[shape.size() - i];
    if (size != 1) strides[to.size() - i] = product;
    product *= size;
  }
  return strides;
}
