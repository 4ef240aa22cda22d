// slip: an axis that only one shape has meets a 0
// why: Where one shape has no axis left, the other's size is taken: the missing axis counts as 1, not as 0.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

using solution_::broadcast_strides;

std::vector<int64_t> broadcast_shapes(const std::vector<int64_t>& a, const std::vector<int64_t>& b) {
  const size_t rank = std::max(a.size(), b.size());
  std::vector<int64_t> result(rank);
  for (size_t i = 1; i <= rank; i++) {
    const int64_t s = i <= a.size() ? a[a.size() - i] : 0;
    const int64_t t = i <= b.size() ? b[b.size() - i] : 0;
    if (s != t && s != 1 && t != 1) throw std::invalid_argument("the shapes do not broadcast");
    result[rank - i] = s == 1 ? t : s;
  }
  return result;
}
