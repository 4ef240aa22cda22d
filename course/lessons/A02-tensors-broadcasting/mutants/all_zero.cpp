// slip: all strides are 0
// why: The product begins with 1, the stride of the last axis. Multiplied by 0 or never written, everything stays 0.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

using solution_::broadcast_shapes;

std::vector<int64_t> broadcast_strides(const std::vector<int64_t>& shape, const std::vector<int64_t>& to) {
  std::vector<int64_t> strides(to.size(), 0);
  int64_t product = 1;
  for (size_t i = 1; i <= shape.size(); i++) {
    const int64_t size = shape[shape.size() - i];
    product *= size;
  }
  return strides;
}
