// slip: axes that only one shape has are dropped
// why: The result has as many axes as the longer of the two shapes. Where one has no axis left, the size of the other is taken.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

using solution_::broadcast_strides;

std::vector<int64_t> broadcast_shapes(const std::vector<int64_t>& a, const std::vector<int64_t>& b) {
  const size_t rank = std::min(a.size(), b.size());
  std::vector<int64_t> result(rank);
  for (size_t i = 1; i <= rank; i++) {
    const int64_t s = a[a.size() - i], t = b[b.size() - i];
    if (s != t && s != 1 && t != 1) throw std::invalid_argument("the shapes do not broadcast");
    result[rank - i] = s == 1 ? t : s;
  }
  return result;
}
