// slip: axes are matched from the left
// why: Broadcasting lines up the last axes: {3} meets the 3 of {2, 3}, not the 2. Walk both shapes from their ends.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

using solution_::broadcast_strides;

std::vector<int64_t> broadcast_shapes(const std::vector<int64_t>& a, const std::vector<int64_t>& b) {
  const size_t rank = std::max(a.size(), b.size());
  std::vector<int64_t> result(rank);
  for (size_t i = 0; i < rank; i++) {
    const int64_t s = i < a.size() ? a[i] : 1;
    const int64_t t = i < b.size() ? b[i] : 1;
    if (s != t && s != 1 && t != 1) throw std::invalid_argument("the shapes do not broadcast");
    result[i] = s == 1 ? t : s;
  }
  return result;
}
