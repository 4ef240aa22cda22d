// slip: the larger size is taken without looking whether the two fit
// why: Two sizes that differ fit only when one of them is 1. When neither is, as with 2 and 3, the function has to throw; and of 0 and 1 the
//   result has 0.
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
    result[rank - i] = std::max(s, t);
  }
  return result;
}
