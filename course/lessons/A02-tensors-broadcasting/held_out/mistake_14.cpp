// slip: the strides are products of the sizes of `to`, not of `shape`
// shows: {2, 1} read as {2, 3}: {3, 0} instead of {1, 0}
// named: mutants/strides_of_result.cpp
#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <vector>

std::vector<int64_t> broadcast_shapes(const std::vector<int64_t>& a, const std::vector<int64_t>& b) {
  std::vector<int64_t> out;
  int i = int(a.size()) - 1;
  int j = int(b.size()) - 1;
  while (i >= 0 || j >= 0) {
    int64_t p = i >= 0 ? a[size_t(i)] : 1;
    int64_t q = j >= 0 ? b[size_t(j)] : 1;
    if (p == q) out.push_back(p);
    else if (p == 1) out.push_back(q);
    else if (q == 1) out.push_back(p);
    else throw std::invalid_argument("the shapes do not broadcast");
    i--;
    j--;
  }
  std::reverse(out.begin(), out.end());
  return out;
}

std::vector<int64_t> broadcast_strides(const std::vector<int64_t>& shape, const std::vector<int64_t>& to) {
  std::vector<int64_t> out(to.size());
  int64_t stride = 1;
  int j = int(shape.size()) - 1;
  for (int i = int(to.size()) - 1; i >= 0; i--, j--) {
    if (j < 0 || shape[size_t(j)] == 1) out[size_t(i)] = 0;
    else out[size_t(i)] = stride;
    stride *= to[size_t(i)];
  }
  return out;
}
