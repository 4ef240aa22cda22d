// slip: the shape with more axes is returned without a look at the sizes
// why: Every axis has to be looked at by itself: sizes that do not fit throw, and a 1 in the longer shape becomes the size that the other has.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

using solution_::broadcast_strides;

std::vector<int64_t> broadcast_shapes(const std::vector<int64_t>& a, const std::vector<int64_t>& b) { return a.size() >= b.size() ? a : b; }
