// The column loops of batch norm (norm_loops.h). Rows are read from left to right, a few side by side; sums and constants of the columns stay
// in the first cache.
#include <cairn/base/targets.h>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/backend/cpu/norm_column_loops.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include <type_traits>

#include "norm_loops.h"
#include "rows-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {

// body(r, number of rows side by side, as a constant) over all rows.
template <int side_by_side, class Body> HWY_INLINE void for_rows(int64_t rows, Body body) {
  int64_t r = 0;
  for (; r + side_by_side <= rows; r += side_by_side) body(r, std::integral_constant<int, side_by_side>());
  for (; r < rows; r++) body(r, std::integral_constant<int, 1>());
}

// What the loops read is copied to locals first: for all that gcc knows, a vector that is stored could change it.
template <class T> void add_deviations(const T* x, const Columns& m, const ColumnMoments& f) {
  const int64_t lanes = hn::Lanes(D()), columns = m.columns, stride = m.stride;
  float *const centers = f.center, *const sums = f.sum, *const squares = f.squares;
  for_rows<4>(m.rows, [&](int64_t r, auto side) CAIRN_INLINE_LAMBDA {
    const T* const p = x + r * stride;
    for_each_vector(columns, [&](int64_t j, int64_t n) CAIRN_INLINE_LAMBDA {
      const V center = load_n(centers + j, n, lanes);
      V sum = load_n(sums + j, n, lanes), square = load_n(squares + j, n, lanes);
      const V a = hn::Sub(load_n(p + j, n, lanes), center);
      if constexpr (side() == 1) {
        sum = hn::Add(sum, a);
        square = hn::MulAdd(a, a, square);
      } else {
        const V b = hn::Sub(load_n(p + stride + j, n, lanes), center), c = hn::Sub(load_n(p + 2 * stride + j, n, lanes), center);
        const V d = hn::Sub(load_n(p + 3 * stride + j, n, lanes), center);
        sum = hn::Add(sum, hn::Add(hn::Add(a, b), hn::Add(c, d)));
        square = hn::Add(square, hn::MulAdd(a, a, hn::MulAdd(b, b, hn::MulAdd(c, c, hn::Mul(d, d)))));
      }
      store_n(sum, sums + j, n, lanes);
      store_n(square, squares + j, n, lanes);
    });
  });
}

// Two passes, the second of which finds x in the cache: differences from the first row give the mean, and those from the mean the sums.
template <class T> void moments(const T* x, const Columns& m, const ColumnMoments& found) {
  const D d;
  const int64_t lanes = hn::Lanes(d), columns = m.columns;
  const ColumnMoments f = found;
  const V inverse = hn::Set(d, 1.0f / static_cast<float>(m.rows)), zero = hn::Zero(d);
  const auto begin = [&](int64_t j, int64_t n, V center) CAIRN_INLINE_LAMBDA {
    store_n(hn::IfThenElseZero(hn::IsFinite(center), center), f.center + j, n, lanes);
    store_n(zero, f.sum + j, n, lanes);
    store_n(zero, f.squares + j, n, lanes);
  };
  for_each_vector(columns, [&](int64_t j, int64_t n) CAIRN_INLINE_LAMBDA { begin(j, n, load_n(x + j, n, lanes)); });
  add_deviations(x, m, f);
  for_each_vector(columns, [&](int64_t j, int64_t n) CAIRN_INLINE_LAMBDA {
    begin(j, n, hn::MulAdd(load_n(f.sum + j, n, lanes), inverse, load_n(f.center + j, n, lanes)));
  });
  add_deviations(x, m, f);
}

// relu(v): 0 for -0, NaN comes through. And dy where that is above 0.
HWY_INLINE V rectified(V v) { return hn::IfThenZeroElse(hn::Le(v, hn::Zero(D())), v); }
HWY_INLINE V passed(V v, V dy) { return hn::IfThenZeroElse(hn::Le(v, hn::Zero(D())), dy); }

template <class T, bool relu, bool past> void normalise(const T* x, T* y, const Columns& m, const ColumnParameters& parameters) {
  const int64_t lanes = hn::Lanes(D()), columns = m.columns, stride = m.stride;
  const ColumnParameters c = parameters;
  for_rows<2>(m.rows, [&](int64_t r, auto side) CAIRN_INLINE_LAMBDA {
    const T *const from = x + r * stride, *const from2 = from + stride;
    T *const to = y + r * stride, *const to2 = to + stride;
    for_each_vector(columns, [&](int64_t j, int64_t n) CAIRN_INLINE_LAMBDA {
      const V mean = load_n(c.mean + j, n, lanes), scale = load_n(c.scale + j, n, lanes), shift = load_n(c.shift + j, n, lanes);
      const auto one = [&](const T* p, T* q) CAIRN_INLINE_LAMBDA {
        const V v = hn::MulAdd(hn::Sub(load_n(p, n, lanes), mean), scale, shift);
        store_n(relu ? rectified(v) : v, q, n, lanes, past);
      };
      one(from + j, to + j);
      if constexpr (side() == 2) one(from2 + j, to2 + j);
    });
  });
}

template <class T, bool relu>
void grad_sums(const T* x, const T* dy, const Columns& m, const ColumnParameters& parameters, float* sums, float* products) {
  const int64_t lanes = hn::Lanes(D()), columns = m.columns, stride = m.stride;
  const ColumnParameters c = parameters;
  for_rows<2>(m.rows, [&](int64_t r, auto side) CAIRN_INLINE_LAMBDA {
    const T *const xs = x + r * stride, *const dys = dy + r * stride;
    for_each_vector(columns, [&](int64_t j, int64_t n) CAIRN_INLINE_LAMBDA {
      const V mean = load_n(c.mean + j, n, lanes);
      const V scale = relu ? load_n(c.scale + j, n, lanes) : mean, shift = relu ? load_n(c.shift + j, n, lanes) : mean;
      V s = load_n(sums + j, n, lanes), p = load_n(products + j, n, lanes);
      const auto one = [&](const T* a, const T* b) CAIRN_INLINE_LAMBDA {
        const V centred = hn::Sub(load_n(a, n, lanes), mean);
        V g = load_n(b, n, lanes);
        if (relu) g = passed(hn::MulAdd(centred, scale, shift), g);
        s = hn::Add(s, g);
        p = hn::MulAdd(g, centred, p);
      };
      one(xs + j, dys + j);
      if constexpr (side() == 2) one(xs + stride + j, dys + stride + j);
      store_n(s, sums + j, n, lanes);
      store_n(p, products + j, n, lanes);
    });
  });
}

template <class T, bool relu, bool past>
void grad(const T* x, const T* dy, T* dx, const Columns& m, const ColumnParameters& parameters, const ColumnGradient& gradient) {
  const int64_t lanes = hn::Lanes(D()), columns = m.columns, stride = m.stride;
  const ColumnParameters c = parameters;
  const ColumnGradient g = gradient;
  for_rows<2>(m.rows, [&](int64_t r, auto side) CAIRN_INLINE_LAMBDA {
    const int64_t at = r * stride;
    for_each_vector(columns, [&](int64_t j, int64_t n) CAIRN_INLINE_LAMBDA {
      const V mean = load_n(c.mean + j, n, lanes);
      const V scale = relu ? load_n(c.scale + j, n, lanes) : mean, shift = relu ? load_n(c.shift + j, n, lanes) : mean;
      const V va = load_n(g.a + j, n, lanes), vb = load_n(g.b + j, n, lanes), vc = load_n(g.c + j, n, lanes);
      const auto one = [&](const T* p, const T* q, T* to) CAIRN_INLINE_LAMBDA {
        const V centred = hn::Sub(load_n(p, n, lanes), mean);
        V v = load_n(q, n, lanes);
        if (relu) v = passed(hn::MulAdd(centred, scale, shift), v);
        store_n(hn::MulSub(v, va, hn::MulAdd(centred, vb, vc)), to, n, lanes, past);
      };
      one(x + at + j, dy + at + j, dx + at + j);
      if constexpr (side() == 2) one(x + at + stride + j, dy + at + stride + j, dx + at + stride + j);
    });
  });
}

// f(element type, relu, past), the latter as constants.
template <class F> HWY_INLINE void typed(DType t, bool relu, bool past, F f) {
  const std::true_type yes;
  const std::false_type no;
  const auto with = [&](auto tag) {
    if (relu) past ? f(tag, yes, yes) : f(tag, yes, no);
    else past ? f(tag, no, yes) : f(tag, no, no);
  };
  t == bf16 ? with(bf16_t()) : with(float());
}

void any_moments(DType t, const void* x, const Columns& m, const ColumnMoments& found) {
  t == bf16 ? moments(static_cast<const bf16_t*>(x), m, found) : moments(static_cast<const float*>(x), m, found);
}
void any_normalise(DType t, const void* x, void* y, const Columns& m, const ColumnParameters& c, bool relu, bool past) {
  typed(t, relu, past, [&](auto tag, auto r, auto p) {
    using T = decltype(tag);
    normalise<T, r(), p()>(static_cast<const T*>(x), static_cast<T*>(y), m, c);
  });
}
void any_grad_sums(DType t, const void* x, const void* dy, const Columns& m, const ColumnParameters& c, bool relu, float* sums, float* products) {
  typed(t, relu, false, [&](auto tag, auto r, auto) {
    using T = decltype(tag);
    grad_sums<T, r()>(static_cast<const T*>(x), static_cast<const T*>(dy), m, c, sums, products);
  });
}
void any_grad(DType t, const void* x, const void* dy, void* dx, const Columns& m, const ColumnParameters& c, const ColumnGradient& g, bool relu,
              bool past) {
  typed(t, relu, past, [&](auto tag, auto r, auto p) {
    using T = decltype(tag);
    grad<T, r(), p()>(static_cast<const T*>(x), static_cast<const T*>(dy), static_cast<T*>(dx), m, c, g);
  });
}

}  // namespace HWY_NAMESPACE
}  // namespace cairn::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cairn::cpu {
HWY_EXPORT(any_moments);
HWY_EXPORT(any_normalise);
HWY_EXPORT(any_grad_sums);
HWY_EXPORT(any_grad);
void column_moments(DType t, const void* x, const Columns& m, const ColumnMoments& found) { HWY_DYNAMIC_DISPATCH(any_moments)(t, x, m, found); }
void column_normalise(DType t, const void* x, void* y, const Columns& m, const ColumnParameters& p, bool relu, bool past_caches) {
  HWY_DYNAMIC_DISPATCH(any_normalise)(t, x, y, m, p, relu, past_caches);
}
void column_grad_sums(DType t, const void* x, const void* dy, const Columns& m, const ColumnParameters& p, bool relu, float* sums, float* products) {
  HWY_DYNAMIC_DISPATCH(any_grad_sums)(t, x, dy, m, p, relu, sums, products);
}
void column_grad(DType t, const void* x, const void* dy, void* dx, const Columns& m, const ColumnParameters& p, const ColumnGradient& g, bool relu,
                 bool past_caches) {
  HWY_DYNAMIC_DISPATCH(any_grad)(t, x, dy, dx, m, p, g, relu, past_caches);
}
}  // namespace cairn::cpu
#endif
