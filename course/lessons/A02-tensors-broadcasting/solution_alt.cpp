// A02 by another way: the shorter shape is filled up with ones at the left, then both are walked from the left. A stride is the distance in
// memory between two neighbours, so each product is formed anew.
#include <cstdint>
#include <stdexcept>
#include <vector>

static std::vector<int64_t> filled_up(const std::vector<int64_t>& shape, size_t rank) {
  std::vector<int64_t> wide(rank - shape.size(), 1);
  wide.insert(wide.end(), shape.begin(), shape.end());
  return wide;
}

std::vector<int64_t> broadcast_shapes(const std::vector<int64_t>& a, const std::vector<int64_t>& b) {
  if (a.size() < b.size()) return broadcast_shapes(b, a);
  std::vector<int64_t> result = a;
  const std::vector<int64_t> other = filled_up(b, a.size());
  for (size_t axis = 0; axis < a.size(); axis++) {
    if (other[axis] == 1 || other[axis] == result[axis]) continue;
    if (result[axis] != 1) throw std::invalid_argument("the shapes do not broadcast");
    result[axis] = other[axis];
  }
  return result;
}

std::vector<int64_t> broadcast_strides(const std::vector<int64_t>& shape, const std::vector<int64_t>& to) {
  const std::vector<int64_t> wide = filled_up(shape, to.size());
  std::vector<int64_t> strides;
  for (size_t axis = 0; axis < wide.size(); axis++) {
    int64_t product = 1;
    for (size_t right = axis + 1; right < wide.size(); right++) product *= wide[right];
    strides.push_back(wide[axis] == 1 ? 0 : product);
  }
  return strides;
}
