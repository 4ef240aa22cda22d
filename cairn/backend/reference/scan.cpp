// Along one axis: the place of the largest or smallest element, and running sums.
#include <cairn/backend/reference/loop.h>
#include <cairn/backend/reference/reference.h>

namespace cairn {

using namespace reference;

void ReferenceBackend::arg_reduce(bool largest, const Array& x, int axis, Array& y) {
  const int64_t n = x.size(axis), step = x.strides()[axis];
  visit(x.dtype(), [&](auto tag) {
    using T = decltype(tag);
    using W = Wide<T>;
    for_each_index(lines_of(x.shape(), axis), {x.strides(), y.strides()}, [&](const int64_t* at) {
      const T* xs = x.ptr<T>() + at[0];
      int64_t best = 0;
      W value = xs[0];
      for (int64_t i = 1; i < n && !is_nan(value); i++) {
        const W v = xs[i * step];
        if ((largest ? v > value : v < value) || is_nan(v)) best = i, value = v;
      }
      y.ptr<int64_t>()[at[1]] = best;
    });
  });
}

namespace {

// y_i = x_0 + ... + x_i, or x_i + ... + x_{n-1} in reverse. S: an accumulator with add() and value().
template <class T, class Y, class S> void running_sums(const Array& x, int axis, bool reverse, Array& y) {
  const int64_t n = x.size(axis), dx = x.strides()[axis], dy = y.strides()[axis];
  for_each_index(lines_of(x.shape(), axis), {x.strides(), y.strides()}, [&](const int64_t* at) {
    S sum;
    for (int64_t i = 0; i < n; i++) {
      const int64_t j = reverse ? n - 1 - i : i;
      sum.add(static_cast<Wide<T>>(x.ptr<T>()[at[0] + j * dx]));
      y.ptr<Y>()[at[1] + j * dy] = convert<Y>(sum.value());
    }
  });
}

class WrappingSum {
 public:
  void add(int64_t x) { sum_ = wrap_add(sum_, x); }
  int64_t value() const { return sum_; }
 private:
  int64_t sum_ = 0;
};

}  // namespace

// Integers and bool give i64, or wrap around in their own type when y has it.
void ReferenceBackend::cumsum(const Array& x, int axis, bool reverse, Array& y) {
  visit(x.dtype(), [&](auto tag) {
    using T = decltype(tag);
    if constexpr (!std::integral<T>) running_sums<T, T, SumOf<T>>(x, axis, reverse, y);
    else if (y.dtype() == i64) running_sums<T, int64_t, WrappingSum>(x, axis, reverse, y);
    else running_sums<T, T, WrappingSum>(x, axis, reverse, y);
  });
}

}  // namespace cairn
