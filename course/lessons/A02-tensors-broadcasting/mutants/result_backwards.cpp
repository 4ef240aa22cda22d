// slip: the sizes of the result stand in reverse order
// why: You walk from the last axis to the first, so each new size belongs in front of those that you have, or the list has to be reversed
//   at the end.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

using solution_::broadcast_strides;

std::vector<int64_t> broadcast_shapes(const std::vector<int64_t>& a, const std::vector<int64_t>& b) {
  std::vector<int64_t> result = solution_::broadcast_shapes(a, b);
  std::reverse(result.begin(), result.end());
  return result;
}
