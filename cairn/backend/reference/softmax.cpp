// Softmax along an axis: y_i = exp(x_i - m) / sum_j exp(x_j - m), m = max_j x_j, which changes nothing but keeps exp from overflowing.
//   log softmax: y_i = x_i - m - log sum_j exp(x_j - m)
//   gradient:    dx_i = y_i (dy_i - sum_j dy_j y_j);  of the logarithm: dx_i = dy_i - exp(y_i) sum_j dy_j
#include <cairn/backend/reference/loop.h>
#include <cairn/backend/reference/reference.h>

namespace cairn {

using namespace reference;

void ReferenceBackend::softmax(const Array& x, int axis, bool log, Array& y) {
  if (!is_floating(x.dtype())) unsupported("softmax", "an exponential", x.dtype());
  const int64_t n = x.size(axis), dx = x.strides()[axis], dy = y.strides()[axis];
  visit_floating(x.dtype(), [&](auto tag) {
    using T = decltype(tag);
    using W = Wide<T>;
    for_each_index(lines_of(x.shape(), axis), {x.strides(), y.strides()}, [&](const int64_t* at) {
      const T* xs = x.ptr<T>() + at[0];
      T* ys = y.ptr<T>() + at[1];
      W m = xs[0];
      for (int64_t i = 1; i < n; i++) m = std::max(m, W(xs[i * dx]));
      SumOf<T> sum;
      for (int64_t i = 0; i < n; i++) sum.add(std::exp(xs[i * dx] - m));
      const W total = static_cast<W>(sum.value()), log_total = std::log(total);
      for (int64_t i = 0; i < n; i++) {
        const W shifted = xs[i * dx] - m;
        ys[i * dy] = log ? shifted - log_total : std::exp(shifted) / total;
      }
    });
  });
}

void ReferenceBackend::softmax_grad(const Array& y, const Array& dy, int axis, bool log, Array& dx) {
  const int64_t n = y.size(axis), sy = y.strides()[axis], sdy = dy.strides()[axis], sdx = dx.strides()[axis];
  visit_floating(y.dtype(), [&](auto tag) {
    using T = decltype(tag);
    using W = Wide<T>;
    for_each_index(lines_of(y.shape(), axis), {y.strides(), dy.strides(), dx.strides()}, [&](const int64_t* at) {
      const T *ys = y.ptr<T>() + at[0], *dys = dy.ptr<T>() + at[1];
      T* dxs = dx.ptr<T>() + at[2];
      SumOf<T> sum;
      for (int64_t i = 0; i < n; i++) sum.add(log ? double(W(dys[i * sdy])) : double(W(dys[i * sdy])) * double(W(ys[i * sy])));
      const W total = static_cast<W>(sum.value());
      for (int64_t i = 0; i < n; i++) {
        const W yi = ys[i * sy], dyi = dys[i * sdy];
        dxs[i * sdx] = log ? dyi - std::exp(yi) * total : yi * (dyi - total);
      }
    });
  });
}

}  // namespace cairn
