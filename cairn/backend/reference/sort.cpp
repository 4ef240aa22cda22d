// Sorting along an axis. NaN counts as larger than every number, so it comes last in ascending and first in descending order.
#include <vector>

#include <cairn/backend/reference/loop.h>
#include <cairn/backend/reference/reference.h>

namespace cairn {

using namespace reference;

namespace {

template <class W> struct Entry {
  W value;
  int64_t index;
};
template <class W> bool before(W a, W b) { return is_nan(a) ? false : is_nan(b) ? true : a < b; }

// Equal values in the order of their indices.
template <class W> bool rising(const Entry<W>& a, const Entry<W>& b) {
  return before(a.value, b.value) || (!before(b.value, a.value) && a.index < b.index);
}
template <class W> bool falling(const Entry<W>& a, const Entry<W>& b) {
  return before(b.value, a.value) || (!before(a.value, b.value) && a.index < b.index);
}

// The first k elements of each line in order.
void first_k(const Array& x, int64_t k, int axis, bool descending, Array& values, Array& indices) {
  const int64_t n = x.size(axis);
  visit(x.dtype(), [&](auto tag) {
    using T = decltype(tag);
    using W = Wide<T>;
    std::vector<Entry<W>> line(n);
    for_each_index(lines_of(x.shape(), axis), {x.strides(), values.strides(), indices.strides()}, [&](const int64_t* at) {
      for (int64_t i = 0; i < n; i++) line[i] = {x.ptr<T>()[at[0] + i * x.strides()[axis]], i};
      const auto end = line.begin() + k;
      if (k == n) std::sort(line.begin(), end, descending ? falling<W> : rising<W>);
      else std::partial_sort(line.begin(), end, line.end(), descending ? falling<W> : rising<W>);
      for (int64_t i = 0; i < k; i++) {
        values.ptr<T>()[at[1] + i * values.strides()[axis]] = static_cast<T>(line[i].value);
        indices.ptr<int64_t>()[at[2] + i * indices.strides()[axis]] = line[i].index;
      }
    });
  });
}

}  // namespace

void ReferenceBackend::sort(const Array& x, int axis, bool descending, Array& values, Array& indices) {
  first_k(x, x.size(axis), axis, descending, values, indices);
}

void ReferenceBackend::topk(const Array& x, int64_t k, int axis, bool largest, Array& values, Array& indices) {
  first_k(x, k, axis, largest, values, indices);
}

}  // namespace cairn
