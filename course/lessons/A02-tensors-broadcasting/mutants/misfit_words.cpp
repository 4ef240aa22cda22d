// slip: words are thrown, not an exception
// why: throw "..." throws a text. Throw an object of the class that the exercise names: throw std::invalid_argument("...").
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
    if (s != t && s != 1 && t != 1) throw "the shapes do not broadcast";
    result[rank - i] = s == 1 ? t : s;
  }
  return result;
}
