// The loops of layer norm (norm_loops.h): one row at a time, which stays in the first cache while it is read two or three times. Sums run
// in vector lanes for 1024 elements and go on in double from there. While a row is written, the next one, which lies behind it, is fetched.
#include <cairn/base/targets.h>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/backend/cpu/norm_rows.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include <algorithm>
#include <cmath>

#include "hwy/cache_control.h"
#include "norm_loops.h"
#include "rows-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {

constexpr int64_t sum_block = 1024;

HWY_INLINE double total(V v) { return hn::GetLane(hn::SumOfLanes(D(), v)); }
// Sum over a row of (x - center) or its square.
template <class T, bool square> double deviations(const T* x, int64_t n, float center) {
  const D d;
  const int64_t lanes = hn::Lanes(d);
  const V c = hn::Set(d, center);
  double sum = 0;
  for (int64_t start = 0; start < n; start += sum_block) {
    const int64_t end = std::min(n, start + sum_block);
    V s0 = hn::Zero(d), s1 = s0, s2 = s0, s3 = s0;
    const auto add = [&](V& s, V v) CAIRN_INLINE_LAMBDA { s = square ? hn::MulAdd(v, v, s) : hn::Add(s, v); };
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
  const auto row = [&](auto scaled, auto shifted) CAIRN_INLINE_LAMBDA {
    for_each_vector(n, [&](int64_t i, int64_t k) CAIRN_INLINE_LAMBDA {
      hwy::Prefetch(x + n + i);
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

template <class T, bool scaled, bool summed>
RowSums grad_sums_as(const T* x, const T* dy, int64_t n, float mean, float rstd, const float* scale, float* dscale, float* dshift) {
  const D d;
  const int64_t lanes = hn::Lanes(d);
  const V m = hn::Set(d, mean), r = hn::Set(d, rstd), zero = hn::Zero(d);
  RowSums sums = {0, 0};
  for (int64_t start = 0; start < n; start += sum_block) {
    V s0 = zero, p0 = zero, s1 = zero, p1 = zero;
    const auto add = [&](int64_t i, int64_t k, V& s, V& p) CAIRN_INLINE_LAMBDA {
      const V g = load_n(dy + i, k, lanes), centred = hn::Sub(load_n(x + i, k, lanes), m);
      const V weighted = scaled ? hn::Mul(g, load_n(scale + i, k, lanes)) : g;  // beyond k: g is 0
      if (summed) {
        store_n(hn::MulAdd(g, hn::Mul(centred, r), load_n(dscale + i, k, lanes)), dscale + i, k, lanes);
        store_n(hn::Add(g, load_n(dshift + i, k, lanes)), dshift + i, k, lanes);
      }
      s = hn::Add(s, weighted);
      p = hn::MulAdd(weighted, centred, p);
    };
    const int64_t end = std::min(n, start + sum_block);
    int64_t i = start;
    for (; i + 2 * lanes <= end; i += 2 * lanes) add(i, lanes, s0, p0), add(i + lanes, lanes, s1, p1);
    for (; i < end; i += lanes) add(i, std::min(lanes, end - i), s0, p0);
    sums.sum += total(hn::Add(s0, s1));
    sums.product += total(hn::Add(p0, p1));
  }
  return sums;
}
template <class T> RowSums grad_sums(const T* x, const T* dy, int64_t n, float mean, float rstd, const float* scale, float* dscale, float* dshift) {
  using Loop = RowSums (*)(const T*, const T*, int64_t, float, float, const float*, float*, float*);
  static constexpr Loop loops[2][2] = {{grad_sums_as<T, false, false>, grad_sums_as<T, false, true>},
                                       {grad_sums_as<T, true, false>, grad_sums_as<T, true, true>}};
  return loops[scale != nullptr][dscale != nullptr](x, dy, n, mean, rstd, scale, dscale, dshift);
}

template <class T, bool scaled, bool past>
void grad_as(const T* x, const T* dy, T* dx, int64_t n, float mean, const float* scale, const RowGradient& c) {
  const D d;
  const int64_t lanes = hn::Lanes(d);
  const V m = hn::Set(d, mean), va = hn::Set(d, c.a), vb = hn::Set(d, c.b), vc = hn::Set(d, c.c);
  for_each_vector(n, [&](int64_t i, int64_t k) CAIRN_INLINE_LAMBDA {
    hwy::Prefetch(x + n + i);
    hwy::Prefetch(dy + n + i);
    const V g = load_n(dy + i, k, lanes), centred = hn::Sub(load_n(x + i, k, lanes), m);
    const V weighted = scaled ? hn::Mul(g, load_n(scale + i, k, lanes)) : g;
    store_n(hn::MulSub(weighted, va, hn::MulAdd(centred, vb, vc)), dx + i, k, lanes, past);
  });
}
template <class T> void grad(const T* x, const T* dy, T* dx, int64_t n, float mean, const float* scale, const RowGradient& c, bool past) {
  using Loop = void (*)(const T*, const T*, T*, int64_t, float, const float*, const RowGradient&);
  static constexpr Loop loops[2][2] = {{grad_as<T, false, false>, grad_as<T, false, true>}, {grad_as<T, true, false>, grad_as<T, true, true>}};
  loops[scale != nullptr][past](x, dy, dx, n, mean, scale, c);
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
