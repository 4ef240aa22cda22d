// slip: the axes are matched from the left
// shows: {3, 4} and {4} throw instead of giving {3, 4}; {2, 3} and {2} give {2, 3} instead of throwing
// named: mutants/aligned_left.cpp
#include <cstdint>
#include <stdexcept>
#include <vector>

std::vector<int64_t> broadcast_shapes(const std::vector<int64_t>& a, const std::vector<int64_t>& b) {
  int na = int(a.size());
  int nb = int(b.size());
  int n = na > nb ? na : nb;
  std::vector<int64_t> result(n);
  for (int k = 0; k < n; k++) {
    int64_t sa = 1;
    int64_t sb = 1;
    if (k < na) sa = a[k];
    if (k < nb) sb = b[k];
    if (sa == sb) {
      result[k] = sa;
    } else if (sa == 1) {
      result[k] = sb;
    } else if (sb == 1) {
      result[k] = sa;
    } else {
      throw std::invalid_argument("the shapes do not broadcast");
    }
  }
  return result;
}

std::vector<int64_t> broadcast_strides(const std::vector<int64_t>& shape, const std::vector<int64_t>& to) {
  int missing = int(to.size()) - int(shape.size());
  std::vector<int64_t> result(to.size(), 0);
  for (int i = 0; i < int(shape.size()); i++) {
    if (shape[i] == 1) continue;
    int64_t stride = 1;
    for (int j = i + 1; j < int(shape.size()); j++) { stride *= shape[j]; }
    result[missing + i] = stride;
  }
  return result;
}
