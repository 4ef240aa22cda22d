// Convolutions as their definition has them (backend/conv.h). Every pass walks all (n, o, c, p, i, q, j) for which w[o, c, i, j] meets
// x[n, c', h, w] in y[n, o, p, q]; only which of the three is summed up differs. Sums are double.
#include <vector>

#include <cairn/backend/reference/loop.h>
#include <cairn/backend/reference/reference.h>

namespace cairn {

using namespace reference;

namespace {

// Strided access to an image or a filter of type T.
template <class T> struct View {
  const T* p;
  Strides s;
  explicit View(const Array& x) : p(x.ptr<T>()), s(x.strides()) {}
  double operator()(int64_t a, int64_t b, int64_t c, int64_t d) const { return convert<double>(p[a * s[0] + b * s[1] + c * s[2] + d * s[3]]); }
};

// The places of one axis at which kernel element i meets output p: input p stride + i dilation - before, when inside.
int64_t meets(const ConvGeometry& g, int axis, int64_t p, int64_t i, int64_t size) {
  const int64_t at = p * g.stride[axis] + i * g.dilation[axis] - g.before[axis];
  return at >= 0 && at < size ? at : -1;
}

// Calls f(i, j, h, w) for all places at which the filter's elements meet the image for the output pixel (p, q).
template <class F> void each_place(const ConvGeometry& g, const Shape& x, const Shape& w, int64_t p, int64_t q, F f) {
  for (int64_t i = 0; i < w[2]; i++)
    if (const int64_t h = meets(g, 0, p, i, x[2]); h >= 0)
      for (int64_t j = 0; j < w[3]; j++)
        if (const int64_t v = meets(g, 1, q, j, x[3]); v >= 0) f(i, j, h, v);
}

template <class T, class F> void store(Array& y, F value) {  // y row-major
  T* to = y.ptr<T>();
  const Shape s = y.shape();
  for (int64_t a = 0, at = 0; a < s[0]; a++)
    for (int64_t b = 0; b < s[1]; b++)
      for (int64_t c = 0; c < s[2]; c++)
        for (int64_t d = 0; d < s[3]; d++, at++) to[at] = convert<T>(value(a, b, c, d));
}

// f32 weights beside 16-bit images are rounded to their type first; gradients of f32 weights are f32 sums of 16-bit products.
Array as(const Array& x, DType dtype) { return !x.defined() || x.dtype() == dtype ? x : cast_copy(x, dtype); }

}  // namespace

void ReferenceBackend::conv2d(const Array& x, const Array& w, const Array& bias, const ConvGeometry& g, bool relu, Array& y) {
  if (w.dtype() != x.dtype() || (bias.defined() && bias.dtype() != x.dtype())) return conv2d(x, as(w, x.dtype()), as(bias, x.dtype()), g, relu, y);
  visit_floating(x.dtype(), [&](auto tag) {
    using T = decltype(tag);
    const View<T> xs(x), ws(w);
    const int64_t C = w.size(1), O = w.size(0) / g.groups;  // channels of a group
    store<T>(y, [&](int64_t n, int64_t o, int64_t p, int64_t q) {
      double sum = bias.defined() ? convert<double>(bias.ptr<T>()[o * bias.strides()[0]]) : 0;
      for (int64_t c = 0; c < C; c++)
        each_place(g, x.shape(), w.shape(), p, q,
                   [&](int64_t i, int64_t j, int64_t h, int64_t v) { sum += ws(o, c, i, j) * xs(n, o / O * C + c, h, v); });
      return relu && !(sum > 0) && sum == sum ? 0.0 : sum;
    });
  });
}

void ReferenceBackend::conv2d_grad_input(const Array& dy, const Array& w, const ConvGeometry& g, Array& dx) {
  if (w.dtype() != dy.dtype()) return conv2d_grad_input(dy, as(w, dy.dtype()), g, dx);
  visit_floating(dy.dtype(), [&](auto tag) {
    using T = decltype(tag);
    const View<T> dys(dy), ws(w);
    const int64_t C = w.size(1), O = w.size(0) / g.groups, H = dx.size(2), W = dx.size(3);
    std::vector<double> image(size_t(dx.size(1) * H * W));
    T* to = dx.ptr<T>();
    for (int64_t n = 0; n < dx.size(0); n++) {
      std::fill(image.begin(), image.end(), 0.0);
      for (int64_t o = 0; o < w.size(0); o++)
        for (int64_t c = 0; c < C; c++)
          for (int64_t p = 0; p < dy.size(2); p++)
            for (int64_t q = 0; q < dy.size(3); q++)
              each_place(g, dx.shape(), w.shape(), p, q, [&](int64_t i, int64_t j, int64_t h, int64_t v) {
                image[size_t(((o / O * C + c) * H + h) * W + v)] += ws(o, c, i, j) * dys(n, o, p, q);
              });
      for (double v : image) *to++ = convert<T>(v);
    }
  });
}

void ReferenceBackend::conv2d_grad_weight(const Array& x, const Array& dy, const ConvGeometry& g, Array& dw, Array& dbias) {
  if (x.dtype() != dw.dtype()) return conv2d_grad_weight(as(x, dw.dtype()), as(dy, dw.dtype()), g, dw, dbias);
  visit_floating(x.dtype(), [&](auto tag) {
    using T = decltype(tag);
    const View<T> xs(x), dys(dy);
    const int64_t O = dw.size(0) / g.groups, C = dw.size(1);
    store<T>(dw, [&](int64_t o, int64_t c, int64_t i, int64_t j) {
      double sum = 0;
      for (int64_t p = 0; p < dy.size(2); p++)
        if (const int64_t h = meets(g, 0, p, i, x.size(2)); h >= 0)
          for (int64_t q = 0; q < dy.size(3); q++)
            if (const int64_t v = meets(g, 1, q, j, x.size(3)); v >= 0)
              for (int64_t n = 0; n < x.size(0); n++) sum += dys(n, o, p, q) * xs(n, o / O * C + c, h, v);
      return sum;
    });
    if (!dbias.defined()) return;
    for (int64_t o = 0; o < dw.size(0); o++) {
      double sum = 0;
      for (int64_t n = 0; n < dy.size(0); n++)
        for (int64_t p = 0; p < dy.size(2); p++)
          for (int64_t q = 0; q < dy.size(3); q++) sum += dys(n, o, p, q);
      dbias.ptr<T>()[o] = convert<T>(sum);
    }
  });
}

}  // namespace cairn
