// slip: sizes that do not fit are not refused
// why: Two sizes that differ fit only when one of them is 1. When neither is, as with 2 and 3, or 0 and 3, the function has to throw. Yours
//   takes the size of the second shape.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

using solution_::broadcast_strides;

std::vector<int64_t> broadcast_shapes(const std::vector<int64_t>& a, const std::vector<int64_t>& b) {
  const size_t rank = std::max(a.size(), b.size());
  std::vector<int64_t> result(rank);
  for (size_t i = 1; i <= rank; i++) {
    const int64_t s = i <= a.size() ? a[a.size() - i] : 1;
    const int64_t t = i <= b.size() ? b[b.size() - i] : 1;
    result[rank - i] = t == 1 ? s : t;
  }
  return result;
}
