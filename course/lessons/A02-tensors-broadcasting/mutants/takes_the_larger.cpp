// slip: the larger size is taken without looking whether the two fit
// why: 2 and 3 do not fit: neither is 1, so nothing says how two values should be spread over three places. Such shapes have to throw.
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
    result[rank - i] = std::max(s, t);
  }
  return result;
}
