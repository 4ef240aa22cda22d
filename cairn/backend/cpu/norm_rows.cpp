// The loops of layer norm (norm_loops.h): one row at a time, which stays in the first cache while it is read two or three times. Sums run
// in vector lanes for 1024 elements and go on in double from there.
#include "targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/backend/cpu/norm_rows.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include <algorithm>
#include <cmath>

#include "elements-inl.h"
#include "norm_loops.h"

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {

using D = hn::ScalableTag<float>;
using V = hn::Vec<D>;
constexpr int64_t sum_block = 1024;

HWY_INLINE double total(V v) { return hn::GetLane(hn::SumOfLanes(D(), v)); }
template <class T> HWY_INLINE V load_n(const T* p, int64_t n, int64_t lanes) { return n == lanes ? load(D(), p) : load_first(D(), p, n); }
template <class T> HWY_INLINE void store_n(V v, T* p, int64_t n, int64_t lanes, bool past = false) {
  if (n < lanes) store_first(D(), v, p, n);
  else past ? stream(D(), v, p) : store(D(), v, p);
}
// one(i, n) for every vector of a row; n < lanes at its end.
template <class One> HWY_INLINE void for_each_vector(int64_t n, One one) {
  const int64_t lanes = hn::Lanes(D());
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) one(i, lanes);
  if (i < n) one(i, n - i);
}

// Sum over a row of (x - center) or its square.
template <class T, bool square> double deviations(const T* x, int64_t n, float center) {
  const D d;
  const int64_t lanes = hn::Lanes(d);
  const V c = hn::Set(d, center);
  double sum = 0;
  for (int64_t start = 0; start < n; start += sum_block) {
    const int64_t end = std::min(n, start + sum_block);
    V s0 = hn::Zero(d), s1 = s0, s2 = s0, s3 = s0;
    const auto add = [&](V& s, V v) HWY_ATTR { s = square ? hn::MulAdd(v, v, s) : hn::Add(s, v); };
    int64_t i = start;
    for (; i + 4 * lanes <= end; i += 4 * lanes) {
      add(s0, hn::Sub(load(d, x + i), c));
      add(s1, hn::Sub(load(d, x + i + lanes), c));
      add(s2, hn::Sub(load(d, x + i + 2 * lanes), c));
      add(s3, hn::Sub(load(d, x + i + 3 * lanes), c));
    }
    for (; i + lanes <= end; i += lanes) add(s0, hn::Sub(load(d, x + i), c));
    if (i < end) add(s1, hn::IfThenElseZero(hn::FirstN(d, size_t(end - i)), hn::Sub(load_first(d, x + i, end - i), c)));
    sum += total(hn::Add(hn::Add(s0, s1), hn::Add(s2, s3)));
  }
  return sum;
}

// Differences from a number nearby keep their digits when the mean is far from 0: first from the first element, then from the mean, which is
// rounded to a float c: sum((x - c)^2) = sum((x - mean)^2) + n (mean - c)^2.
template <class T> RowMoments moments(const T* x, int64_t n, bool centred) {
  if (!centred) return {0, deviations<T, true>(x, n, 0) / double(n)};
  const float first = x[0], near = std::isfinite(first) ? first : 0;
  const double mean = double(near) + deviations<T, false>(x, n, near) / double(n), shift = mean - double(float(mean));
  const double var = deviations<T, true>(x, n, float(mean)) / double(n), excess = shift * shift;
  return {mean, std::isfinite(excess) ? std::max(0.0, var - excess) : var};
}

template <class T> void normalise(const T* x, T* y, int64_t n, float mean, float rstd, const float* scale, const float* shift, bool past) {
  const D d;
  const int64_t lanes = hn::Lanes(d);
  const V m = hn::Set(d, mean), r = hn::Set(d, rstd), zero = hn::Zero(d);
  const auto row = [&](auto scaled, auto shifted) HWY_ATTR {
    for_each_vector(n, [&](int64_t i, int64_t k) HWY_ATTR {
      const V xhat = hn::Mul(hn::Sub(load_n(x + i, k, lanes), m), r);
      const V b = shifted() ? load_n(shift + i, k, lanes) : zero;
      store_n(scaled() ? hn::MulAdd(xhat, load_n(scale + i, k, lanes), b) : hn::Add(xhat, b), y + i, k, lanes, past);
    });
  };
  const std::true_type yes;
  const std::false_type no;
  if (scale) shift ? row(yes, yes) : row(yes, no);
  else shift ? row(no, yes) : row(no, no);
}

template <class T> RowSums grad_sums(const T* x, const T* dy, int64_t n, float mean, float rstd, const float* scale, float* dscale, float* dshift) {
  const D d;
  const int64_t lanes = hn::Lanes(d);
  const V m = hn::Set(d, mean), r = hn::Set(d, rstd);
  RowSums sums = {0, 0};
  for (int64_t start = 0; start < n; start += sum_block) {
    V s = hn::Zero(d), p = hn::Zero(d);
    for_each_vector(std::min(sum_block, n - start), [&](int64_t at, int64_t k) HWY_ATTR {
      const int64_t i = start + at;
      const V g = load_n(dy + i, k, lanes), centred = hn::Sub(load_n(x + i, k, lanes), m);
      const V scaled = scale ? hn::Mul(g, load_n(scale + i, k, lanes)) : g;  // beyond k: g is 0
      if (dscale) store_n(hn::MulAdd(g, hn::Mul(centred, r), load_n(dscale + i, k, lanes)), dscale + i, k, lanes);
      if (dshift) store_n(hn::Add(g, load_n(dshift + i, k, lanes)), dshift + i, k, lanes);
      s = hn::Add(s, scaled);
      p = hn::MulAdd(scaled, centred, p);
    });
    sums.sum += total(s);
    sums.product += total(p);
  }
  return sums;
}

template <class T> void grad(const T* x, const T* dy, T* dx, int64_t n, float mean, const float* scale, const RowGradient& c, bool past) {
  const D d;
  const int64_t lanes = hn::Lanes(d);
  const V m = hn::Set(d, mean), va = hn::Set(d, c.a), vb = hn::Set(d, c.b), vc = hn::Set(d, c.c);
  for_each_vector(n, [&](int64_t i, int64_t k) HWY_ATTR {
    const V g = load_n(dy + i, k, lanes), centred = hn::Sub(load_n(x + i, k, lanes), m);
    const V scaled = scale ? hn::Mul(g, load_n(scale + i, k, lanes)) : g;
    store_n(hn::MulSub(scaled, va, hn::MulAdd(centred, vb, vc)), dx + i, k, lanes, past);
  });
}

// f(element type) for f32 and bf16.
template <class F> HWY_INLINE auto typed(DType t, F f) { return t == bf16 ? f(bf16_t()) : f(float()); }

RowMoments any_moments(DType t, const void* x, int64_t n, bool centred) {
  return typed(t, [&](auto tag) { return moments(static_cast<const decltype(tag)*>(x), n, centred); });
}
void any_normalise(DType t, const void* x, void* y, int64_t n, float mean, float rstd, const float* scale, const float* shift, bool past) {
  typed(t, [&](auto tag) {
    using T = decltype(tag);
    normalise(static_cast<const T*>(x), static_cast<T*>(y), n, mean, rstd, scale, shift, past);
  });
}
RowSums any_grad_sums(DType t, const void* x, const void* dy, int64_t n, float mean, float rstd, const float* scale, float* dscale, float* dshift) {
  return typed(t, [&](auto tag) {
    using T = decltype(tag);
    return grad_sums(static_cast<const T*>(x), static_cast<const T*>(dy), n, mean, rstd, scale, dscale, dshift);
  });
}
void any_grad(DType t, const void* x, const void* dy, void* dx, int64_t n, float mean, const float* scale, const RowGradient& g, bool past) {
  typed(t, [&](auto tag) {
    using T = decltype(tag);
    grad(static_cast<const T*>(x), static_cast<const T*>(dy), static_cast<T*>(dx), n, mean, scale, g, past);
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
RowMoments row_moments(DType t, const void* x, int64_t n, bool centred) { return HWY_DYNAMIC_DISPATCH(any_moments)(t, x, n, centred); }
void row_normalise(DType t, const void* x, void* y, int64_t n, float mean, float rstd, const float* scale, const float* shift, bool past_caches) {
  HWY_DYNAMIC_DISPATCH(any_normalise)(t, x, y, n, mean, rstd, scale, shift, past_caches);
}
RowSums row_grad_sums(DType t, const void* x, const void* dy, int64_t n, float mean, float rstd, const float* scale, float* dscale, float* dshift) {
  return HWY_DYNAMIC_DISPATCH(any_grad_sums)(t, x, dy, n, mean, rstd, scale, dscale, dshift);
}
void row_grad(DType t, const void* x, const void* dy, void* dx, int64_t n, float mean, const float* scale, const RowGradient& g, bool past_caches) {
  HWY_DYNAMIC_DISPATCH(any_grad)(t, x, dy, dx, n, mean, scale, g, past_caches);
}
}  // namespace cairn::cpu
#endif
