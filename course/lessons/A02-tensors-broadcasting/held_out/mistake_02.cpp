// slip: the larger of the two sizes is taken, so 0 meets 1 and becomes 1
// shows: {0, 3} and {1, 3} give {1, 3} instead of {0, 3}
// named: mutants/zero_becomes_one.cpp
// named: mutants/zero_becomes_one_missing.cpp
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

std::vector<int64_t> broadcast_shapes(const std::vector<int64_t>& a, const std::vector<int64_t>& b) {
  if (a.size() < b.size()) return broadcast_shapes(b, a);
  std::vector<int64_t> out = a;
  std::transform(b.rbegin(), b.rend(), a.rbegin(), out.rbegin(), [](int64_t x, int64_t y) {
    if (x != y && x != 1 && y != 1) throw std::invalid_argument("the shapes do not broadcast");
    return std::max(x, y);
  });
  return out;
}

std::vector<int64_t> broadcast_strides(const std::vector<int64_t>& shape, const std::vector<int64_t>& to) {
  std::vector<int64_t> strides(to.size(), 0);
  int64_t step = 1;
  std::transform(shape.rbegin(), shape.rend(), strides.rbegin(), [&step](int64_t n) {
    const int64_t mine = n == 1 ? 0 : step;
    step *= n;
    return mine;
  });
  return strides;
}
