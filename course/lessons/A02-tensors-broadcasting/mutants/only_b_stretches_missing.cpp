// slip: only the second shape may have the 1
// why: A 1 is stretched on whichever side it stands: {3, 1} and {3, 4} fit just as {3, 4} and {3, 1} do.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

using solution_::broadcast_strides;

std::vector<int64_t> broadcast_shapes(const std::vector<int64_t>& a, const std::vector<int64_t>& b) {
  const size_t rank = std::max(a.size(), b.size());
  std::vector<int64_t> result(rank);
  for (size_t i = 1; i <= rank; i++) {
    const int64_t s = i <= a.size() ? a[a.size() - i] : b[b.size() - i];
    const int64_t t = i <= b.size() ? b[b.size() - i] : a[a.size() - i];
    if (s != t && t != 1) throw std::invalid_argument("the shapes do not broadcast");
    result[rank - i] = s;
  }
  return result;
}
