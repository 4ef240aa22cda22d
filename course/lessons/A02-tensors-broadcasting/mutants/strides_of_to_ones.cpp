// slip: the strides are those of `to`, with 0 only where `to` has a 1
// why: What lies in memory has the shape `shape`: ask its sizes, not those of `to`. An axis of size 1 in `shape`, and one that it lacks, gets 0.
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

using solution_::broadcast_shapes;

std::vector<int64_t> broadcast_strides(const std::vector<int64_t>& shape, const std::vector<int64_t>& to) {
  std::vector<int64_t> strides(to.size(), 0);
  int64_t product = 1;
  for (size_t i = 1; i <= to.size(); i++) {
    const int64_t size = to[to.size() - i];
    if (size != 1) strides[to.size() - i] = product;
    product *= size;
  }
  return strides;
}
