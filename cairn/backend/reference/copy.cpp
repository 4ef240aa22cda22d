// Copies, conversions and constants: y = x, y = value, y = condition ? a : b, and the part of a matrix on one side of a diagonal.
#include <cairn/backend/reference/loop.h>
#include <cairn/backend/reference/reference.h>

namespace cairn {

using namespace reference;

void ReferenceBackend::copy(const Array& x, Array& y) {
  visit(x.dtype(), [&](auto from) {
    visit(y.dtype(), [&](auto to) {
      using X = decltype(from);
      using Y = decltype(to);
      for (Walk w(y.shape(), {x.strides(), y.strides()}); w.next();) {
        const X* xs = x.ptr<X>() + w.at[0];
        Y* ys = y.ptr<Y>() + w.at[1];
        const int64_t n = w.n, dx = w.step[0], dy = w.step[1];
        if (std::is_same_v<X, Y> && dx == 1 && dy == 1) std::memcpy(static_cast<void*>(ys), xs, n * sizeof(X));
        else
          for (int64_t i = 0; i < n; i++) ys[i * dy] = convert<Y>(xs[i * dx]);
      }
    });
  });
}

void ReferenceBackend::fill(Array& y, double value) {
  visit(y.dtype(), [&](auto tag) {
    using T = decltype(tag);
    const T v = convert<T>(value);
    for (Walk w(y.shape(), {y.strides()}); w.next();)
      for (int64_t i = 0; i < w.n; i++) y.ptr<T>()[w.at[0] + i * w.step[0]] = v;
  });
}

void ReferenceBackend::where(const Array& condition, const Array& a, const Array& b, Array& y) {
  visit(y.dtype(), [&](auto tag) {
    using T = decltype(tag);
    const bool* cs = condition.ptr<bool>();
    const T *as = a.ptr<T>(), *bs = b.ptr<T>();
    T* ys = y.ptr<T>();
    for_each_index(y.shape(), {condition.strides(), a.strides(), b.strides(), y.strides()},
                   [=](const int64_t* at) { ys[at[3]] = cs[at[0]] ? as[at[1]] : bs[at[2]]; });
  });
}

// Lower: y_ij = j - i <= diagonal ? x_ij : 0;  upper: j - i >= diagonal.
void ReferenceBackend::triangle(const Array& x, int64_t diagonal, bool upper, Array& y) {
  const int rows = x.rank() - 2, columns = x.rank() - 1;
  visit(x.dtype(), [&](auto tag) {
    using T = decltype(tag);
    for_each_index(lines_of(lines_of(x.shape(), rows), columns), {x.strides(), y.strides()}, [&](const int64_t* at) {
      for (int64_t i = 0; i < x.size(rows); i++) {
        const T* xs = x.ptr<T>() + at[0] + i * x.strides()[rows];
        T* ys = y.ptr<T>() + at[1] + i * y.strides()[rows];
        for (int64_t j = 0; j < x.size(columns); j++) {
          const bool keep = upper ? j - i >= diagonal : j - i <= diagonal;
          ys[j * y.strides()[columns]] = keep ? xs[j * x.strides()[columns]] : convert<T>(0);
        }
      }
    });
  });
}

}  // namespace cairn
