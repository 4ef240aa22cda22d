// slip: only the first shape's sizes of 1 are stretched, a 1 in the second one throws
// shows: {3, 4} and {3, 1} throw instead of giving {3, 4}
// named: mutants/only_a_stretches.cpp
// named: mutants/only_a_stretches_missing.cpp
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
    else sb = sa;
    if (sa == sb) {
      result[n - k] = sa;
    } else if (sa == 1) {
      result[n - k] = sb;
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
