// slip: only the last axis is looked at for a misfit
// why: Sizes have to fit on every axis: {4, 2} and {2, 2} do not fit, although their last sizes are equal. Ask and throw inside the loop.
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
    if (i == 1 && s != t && s != 1 && t != 1) throw std::invalid_argument("the shapes do not broadcast");
    result[rank - i] = s == 1 ? t : s;
  }
  return result;
}
