// right
#include <cstdint>
#include <deque>
#include <stdexcept>
#include <vector>

using Sizes = std::vector<int64_t>;

// The shape with ones before it until it has `rank` axes.
static Sizes padded(const Sizes& shape, size_t rank) {
  Sizes result(rank - shape.size(), 1);
  result.insert(result.end(), shape.begin(), shape.end());
  return result;
}

Sizes broadcast_shapes(const Sizes& a, const Sizes& b) {
  const size_t rank = a.size() > b.size() ? a.size() : b.size();
  const Sizes left = padded(a, rank), right = padded(b, rank);
  Sizes result;
  for (size_t axis = 0; axis < rank; axis++) {
    const bool fits = left[axis] == right[axis] || left[axis] == 1 || right[axis] == 1;
    if (!fits) throw std::invalid_argument("the shapes do not broadcast");
    result.push_back(left[axis] != 1 ? left[axis] : right[axis]);
  }
  return result;
}

Sizes broadcast_strides(const Sizes& shape, const Sizes& to) {
  std::deque<int64_t> strides;
  int64_t below = 1;
  for (size_t axis = shape.size(); axis-- > 0; below *= shape[axis]) strides.push_front(shape[axis] == 1 ? 0 : below);
  while (strides.size() < to.size()) strides.push_front(0);
  return Sizes(strides.begin(), strides.end());
}
