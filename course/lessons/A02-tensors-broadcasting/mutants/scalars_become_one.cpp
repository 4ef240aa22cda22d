// slip: two single numbers give {1}
// why: {} and {} have no axes, and neither has the result: {} again.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

using solution_::broadcast_strides;

std::vector<int64_t> broadcast_shapes(const std::vector<int64_t>& a, const std::vector<int64_t>& b) {
  const size_t rank = std::max(a.size(), b.size());
  if (rank == 0) return {1};
  std::vector<int64_t> result(rank);
  for (size_t i = 1; i <= rank; i++) {
    const int64_t s = i <= a.size() ? a[a.size() - i] : 1;
    const int64_t t = i <= b.size() ? b[b.size() - i] : 1;
    if (s != t && s != 1 && t != 1) throw std::invalid_argument("the shapes do not broadcast");
    result[rank - i] = s == 1 ? t : s;
  }
  return result;
}
