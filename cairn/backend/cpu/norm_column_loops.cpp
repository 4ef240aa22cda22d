// The column loops of batch norm (norm_loops.h). Rows are read from left to right, several side by side, which is what the hardware's
// prefetching follows; sums and constants of the columns stay in the first cache.
#include "targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/backend/cpu/norm_column_loops.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include <type_traits>

#include "elements-inl.h"
#include "norm_loops.h"

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {

using D = hn::ScalableTag<float>;
using V = hn::Vec<D>;

template <class T> HWY_INLINE V load_n(const T* p, int64_t n, int64_t lanes) { return n == lanes ? load(D(), p) : load_first(D(), p, n); }
template <class T> HWY_INLINE void store_n(V v, T* p, int64_t n, int64_t lanes, bool past = false) {
  if (n < lanes) store_first(D(), v, p, n);
  else past ? stream(D(), v, p) : store(D(), v, p);
}
// one(j, n) for every vector of a row; n < lanes at its end.
template <class One> HWY_INLINE void for_each_vector(int64_t columns, One one) {
  const int64_t lanes = hn::Lanes(D());
  int64_t j = 0;
  for (; j + lanes <= columns; j += lanes) one(j, lanes);
  if (j < columns) one(j, columns - j);
}
// body(r, number of rows side by side, as a constant) over all rows.
template <int side_by_side, class Body> HWY_INLINE void for_rows(int64_t rows, Body body) {
  int64_t r = 0;
  for (; r + side_by_side <= rows; r += side_by_side) body(r, std::integral_constant<int, side_by_side>());
  for (; r < rows; r++) body(r, std::integral_constant<int, 1>());
}

template <class T> void add_deviations(const T* x, const Columns& m, const ColumnMoments& f) {
  const int64_t lanes = hn::Lanes(D());
  for_rows<4>(m.rows, [&](int64_t r, auto side) HWY_ATTR {
    const T* p = x + r * m.stride;
    for_each_vector(m.columns, [&](int64_t j, int64_t n) HWY_ATTR {
      const V center = load_n(f.center + j, n, lanes);
      V sum = load_n(f.sum + j, n, lanes), squares = load_n(f.squares + j, n, lanes);
      const V a = hn::Sub(load_n(p + j, n, lanes), center);
      if constexpr (side() == 1) {
        sum = hn::Add(sum, a);
        squares = hn::MulAdd(a, a, squares);
      } else {
        const V b = hn::Sub(load_n(p + m.stride + j, n, lanes), center), c = hn::Sub(load_n(p + 2 * m.stride + j, n, lanes), center);
        const V d = hn::Sub(load_n(p + 3 * m.stride + j, n, lanes), center);
        sum = hn::Add(sum, hn::Add(hn::Add(a, b), hn::Add(c, d)));
        squares = hn::Add(squares, hn::MulAdd(a, a, hn::MulAdd(b, b, hn::MulAdd(c, c, hn::Mul(d, d)))));
      }
      store_n(sum, f.sum + j, n, lanes);
      store_n(squares, f.squares + j, n, lanes);
    });
  });
}

// Two passes, the second of which finds x in the cache: differences from the first row give the mean, and those from the mean the sums.
template <class T> void moments(const T* x, const Columns& m, const ColumnMoments& found) {
  const D d;
  const int64_t lanes = hn::Lanes(d);
  const V inverse = hn::Set(d, 1.0f / static_cast<float>(m.rows)), zero = hn::Zero(d);
  const auto begin = [&](int64_t j, int64_t n, V center) HWY_ATTR {
    store_n(hn::IfThenElseZero(hn::IsFinite(center), center), found.center + j, n, lanes);
    store_n(zero, found.sum + j, n, lanes);
    store_n(zero, found.squares + j, n, lanes);
  };
  for_each_vector(m.columns, [&](int64_t j, int64_t n) HWY_ATTR { begin(j, n, load_n(x + j, n, lanes)); });
  add_deviations(x, m, found);
  for_each_vector(m.columns, [&](int64_t j, int64_t n)
                                 HWY_ATTR { begin(j, n, hn::MulAdd(load_n(found.sum + j, n, lanes), inverse, load_n(found.center + j, n, lanes))); });
  add_deviations(x, m, found);
}

// relu(v): 0 for -0, NaN comes through. And dy where that is above 0.
HWY_INLINE V rectified(V v) { return hn::IfThenZeroElse(hn::Le(v, hn::Zero(D())), v); }
HWY_INLINE V passed(V v, V dy) { return hn::IfThenZeroElse(hn::Le(v, hn::Zero(D())), dy); }

template <class T, bool relu> void normalise(const T* x, T* y, const Columns& m, const ColumnParameters& c, bool past) {
  const int64_t lanes = hn::Lanes(D());
  for_rows<2>(m.rows, [&](int64_t r, auto side) HWY_ATTR {
    for_each_vector(m.columns, [&](int64_t j, int64_t n) HWY_ATTR {
      const V mean = load_n(c.mean + j, n, lanes), scale = load_n(c.scale + j, n, lanes), shift = load_n(c.shift + j, n, lanes);
      for (int k = 0; k < side(); k++) {
        const int64_t at = (r + k) * m.stride + j;
        const V v = hn::MulAdd(hn::Sub(load_n(x + at, n, lanes), mean), scale, shift);
        store_n(relu ? rectified(v) : v, y + at, n, lanes, past);
      }
    });
  });
}

template <class T, bool relu> void grad_sums(const T* x, const T* dy, const Columns& m, const ColumnParameters& c, float* sums, float* products) {
  const int64_t lanes = hn::Lanes(D());
  for_rows<2>(m.rows, [&](int64_t r, auto side) HWY_ATTR {
    for_each_vector(m.columns, [&](int64_t j, int64_t n) HWY_ATTR {
      const V mean = load_n(c.mean + j, n, lanes);
      const V scale = relu ? load_n(c.scale + j, n, lanes) : mean, shift = relu ? load_n(c.shift + j, n, lanes) : mean;
      V s = load_n(sums + j, n, lanes), p = load_n(products + j, n, lanes);
      for (int k = 0; k < side(); k++) {
        const int64_t at = (r + k) * m.stride + j;
        const V centred = hn::Sub(load_n(x + at, n, lanes), mean);
        V g = load_n(dy + at, n, lanes);
        if (relu) g = passed(hn::MulAdd(centred, scale, shift), g);
        s = hn::Add(s, g);
        p = hn::MulAdd(g, centred, p);
      }
      store_n(s, sums + j, n, lanes);
      store_n(p, products + j, n, lanes);
    });
  });
}

template <class T, bool relu>
void grad(const T* x, const T* dy, T* dx, const Columns& m, const ColumnParameters& c, const ColumnGradient& g, bool past) {
  const int64_t lanes = hn::Lanes(D());
  for_rows<2>(m.rows, [&](int64_t r, auto side) HWY_ATTR {
    for_each_vector(m.columns, [&](int64_t j, int64_t n) HWY_ATTR {
      const V mean = load_n(c.mean + j, n, lanes);
      const V scale = relu ? load_n(c.scale + j, n, lanes) : mean, shift = relu ? load_n(c.shift + j, n, lanes) : mean;
      const V va = load_n(g.a + j, n, lanes), vb = load_n(g.b + j, n, lanes), vc = load_n(g.c + j, n, lanes);
      for (int k = 0; k < side(); k++) {
        const int64_t at = (r + k) * m.stride + j;
        const V centred = hn::Sub(load_n(x + at, n, lanes), mean);
        V v = load_n(dy + at, n, lanes);
        if (relu) v = passed(hn::MulAdd(centred, scale, shift), v);
        store_n(hn::MulSub(v, va, hn::MulAdd(centred, vb, vc)), dx + at, n, lanes, past);
      }
    });
  });
}

// f(element type, relu as a constant).
template <class F> HWY_INLINE void typed(DType t, bool relu, F f) {
  const auto with = [&](auto tag) { relu ? f(tag, std::true_type()) : f(tag, std::false_type()); };
  t == bf16 ? with(bf16_t()) : with(float());
}

void any_moments(DType t, const void* x, const Columns& m, const ColumnMoments& found) {
  typed(t, false, [&](auto tag, auto) { moments(static_cast<const decltype(tag)*>(x), m, found); });
}
void any_normalise(DType t, const void* x, void* y, const Columns& m, const ColumnParameters& c, bool relu, bool past) {
  typed(t, relu, [&](auto tag, auto with_relu) {
    using T = decltype(tag);
    normalise<T, with_relu()>(static_cast<const T*>(x), static_cast<T*>(y), m, c, past);
  });
}
void any_grad_sums(DType t, const void* x, const void* dy, const Columns& m, const ColumnParameters& c, bool relu, float* sums, float* products) {
  typed(t, relu, [&](auto tag, auto with_relu) {
    using T = decltype(tag);
    grad_sums<T, with_relu()>(static_cast<const T*>(x), static_cast<const T*>(dy), m, c, sums, products);
  });
}
void any_grad(DType t, const void* x, const void* dy, void* dx, const Columns& m, const ColumnParameters& c, const ColumnGradient& g, bool relu,
              bool past) {
  typed(t, relu, [&](auto tag, auto with_relu) {
    using T = decltype(tag);
    grad<T, with_relu()>(static_cast<const T*>(x), static_cast<const T*>(dy), static_cast<T*>(dx), m, c, g, past);
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
