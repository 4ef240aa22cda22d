// slip: the strides are products of the sizes of `to` instead of those of `shape`
// shows: shape {2, 1, 3} read as {2, 5, 3} gives {15, 0, 1} instead of {3, 0, 1}
// named: mutants/strides_of_result.cpp
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

std::vector<int64_t> broadcast_shapes(const std::vector<int64_t>& a, const std::vector<int64_t>& b) {
  std::vector<int64_t> result;
  auto i = a.rbegin();
  auto j = b.rbegin();
  while (i != a.rend() || j != b.rend()) {
    int64_t x = i != a.rend() ? *i++ : 1;
    int64_t y = j != b.rend() ? *j++ : 1;
    if (x == 1) std::swap(x, y);
    if (y != 1 && x != y) throw std::invalid_argument("the shapes do not broadcast");
    result.push_back(x);
  }
  std::reverse(result.begin(), result.end());
  return result;
}

std::vector<int64_t> broadcast_strides(const std::vector<int64_t>& shape, const std::vector<int64_t>& to) {
  std::vector<int64_t> result(to.size(), 0);
  const size_t offset = to.size() - shape.size();
  int64_t stride = 1;
  for (size_t i = to.size(); i-- > 0;) {
    if (i >= offset && shape[i - offset] != 1) result[i] = stride;
    stride *= to[i];
  }
  return result;
}
