// slip: a size of 0 is stretched as a 1 is
// why: Only a 1 is stretched. 0 fits 0 and 1 and the result has 0; where it meets another size, the function throws.
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
    if (s != t && s > 1 && t > 1) throw std::invalid_argument("the shapes do not broadcast");
    result[rank - i] = std::max(s, t);
  }
  return result;
}
