// slip: the strides are column-major: products of the sizes left of the axis
// shows: shape {2, 3} read as {2, 3} gives {1, 2} instead of {3, 1}
// named: mutants/column_major.cpp
#include <cstdint>
#include <stdexcept>
#include <vector>

std::vector<int64_t> broadcast_shapes(const std::vector<int64_t>& a, const std::vector<int64_t>& b) {
  int na = int(a.size());
  int nb = int(b.size());
  int n = na > nb ? na : nb;
  std::vector<int64_t> result(n);
  for (int k = 1; k <= n; k++) {  // k counts from the right: 1 is the last axis
    int64_t sa = 1;
    int64_t sb = 1;
    if (k <= na) sa = a[na - k];
    if (k <= nb) sb = b[nb - k];
    if (sa == sb) {
      result[n - k] = sa;
    } else if (sa == 1) {
      result[n - k] = sb;
    } else if (sb == 1) {
      result[n - k] = sa;
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
    for (int j = 0; j < i; j++) { stride *= shape[j]; }
    result[missing + i] = stride;
  }
  return result;
}
