// A02: broadcasting. A shape is a list of sizes, one for each axis: {3, 4} is three rows and four columns, {} a single number.
#include <cstdint>
#include <stdexcept>
#include <vector>

// The shape of the result when tensors of the shapes a and b meet. Axes are matched from the right. Two sizes fit when they are equal or one of
// them is 1; the result has the one that is not 1; where both are 1, it has 1. Where one shape has no axis left, the other's size is
// taken. A size may be 0: it fits 0 and 1, and the result has 0.
// Shapes that do not fit: throw std::invalid_argument("the shapes do not broadcast").
std::vector<int64_t> broadcast_shapes(const std::vector<int64_t>& a, const std::vector<int64_t>& b) {
  (void)a, (void)b;  // remove this line and the next, and write yours
  return {};
}

// The strides with which a row-major tensor of the shape `shape` is read as if it had the shape `to`: one for each axis of `to`. (`to` is what
// `shape` and some other shape broadcast to.) An axis that `shape` has with a size other than 1 keeps its stride, the product of all sizes
// right of it in `shape` (1 for the last axis). An axis of size 1, or one that `shape` does not have, gets the stride 0.
// {2, 3} read as {4, 2, 3} has {0, 3, 1}; a size of 0 counts in the products like every other: {2, 0, 3} read as itself has {0, 3, 1}.
std::vector<int64_t> broadcast_strides(const std::vector<int64_t>& shape, const std::vector<int64_t>& to) {
  (void)shape, (void)to;
  return {};
}
