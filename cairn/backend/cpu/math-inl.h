// Functions of a vector of floats: exp, expm1, log, log1p, tanh, erf, the normal distribution, sin, cos; pow: pow-inl.h.
//
// Each follows one pattern: bring the argument into a small interval by an exact identity, evaluate a polynomial there (coefficients
// by a weighted minimax fit of our own; the comment gives the error), undo the identity. Errors are below 3 units in the last place
// for ordinary arguments; infinities, NaN, zeros and overflow give what <cmath> gives.
#if defined(CAIRN_CPU_MATH_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CAIRN_CPU_MATH_INL_H_
#undef CAIRN_CPU_MATH_INL_H_
#else
#define CAIRN_CPU_MATH_INL_H_
#endif

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// c0 + x (c1 + x (c2 + ...))
template <class D, class V> HWY_INLINE V poly(D d, V, hn::TFromD<D> c) { return hn::Set(d, c); }
template <class D, class V, class... C> HWY_INLINE V poly(D d, V x, hn::TFromD<D> c, C... rest) {
  return hn::MulAdd(poly(d, x, rest...), x, hn::Set(d, c));
}

// The same as even(x^2) + x odd(x^2): half as many multiply-adds wait for each other, and a core holds only some 200 waiting instructions.
template <class V> struct Parts { V even, odd; };
template <class D, class V> HWY_INLINE Parts<V> parts(D d, V, hn::TFromD<D> c0, hn::TFromD<D> c1) { return {hn::Set(d, c0), hn::Set(d, c1)}; }
template <class D, class V> HWY_INLINE Parts<V> parts(D d, V x2, hn::TFromD<D> c0, hn::TFromD<D> c1, hn::TFromD<D> c2) {
  return {hn::MulAdd(hn::Set(d, c2), x2, hn::Set(d, c0)), hn::Set(d, c1)};
}
template <class D, class V, class... C>
HWY_INLINE Parts<V> parts(D d, V x2, hn::TFromD<D> c0, hn::TFromD<D> c1, hn::TFromD<D> c2, hn::TFromD<D> c3, C... rest) {
  const Parts<V> p = parts(d, x2, c2, c3, rest...);
  return {hn::MulAdd(p.even, x2, hn::Set(d, c0)), hn::MulAdd(p.odd, x2, hn::Set(d, c1))};
}
template <class D, class V, class... C> HWY_INLINE V poly_in_parts(D d, V x, C... c) {
  const Parts<V> p = parts(d, hn::Mul(x, x), c...);
  return hn::MulAdd(p.odd, x, p.even);
}

// 2^n for whole n in [-126, 127].
template <class D, class VI> HWY_INLINE hn::Vec<D> power_of_two(D d, VI n) {
  const hn::RebindToSigned<D> di;
  return hn::BitCast(d, hn::ShiftLeft<23>(hn::Add(n, hn::Set(di, 127))));
}

// y 2^n for whole n (as a float) in [-250, 250]: overflow gives infinity, and results below the smallest normal number are rounded once.
template <class D, class V> HWY_INLINE V times_power_of_two(D d, V y, V n) {
  const hn::RebindToSigned<D> di;
  const auto whole = hn::ConvertTo(di, n), half = hn::ShiftRight<1>(whole);
  return hn::Mul(hn::Mul(y, power_of_two(d, half)), power_of_two(d, hn::Sub(whole, half)));
}
#if HWY_TARGET <= HWY_AVX3
using FullTag = hn::ScalableTag<float>;
HWY_INLINE hn::Vec<FullTag> times_power_of_two(FullTag, hn::Vec<FullTag> y, hn::Vec<FullTag> n) {
  return hn::Vec<FullTag>{_mm512_scalef_ps(y.raw, n.raw)};  // one instruction
}
#endif

// Limits through which NaN comes: of a NaN and a number, x86 gives the second operand. (Highway's scalar code gives the number.)
constexpr bool kSecondOfNaN = HWY_ARCH_X86 && HWY_TARGET != HWY_SCALAR;
template <class D, class V> HWY_INLINE V at_least(D d, V x, float low) {
  const V y = hn::Max(hn::Set(d, low), x);
  if constexpr (kSecondOfNaN) return y;
  else return hn::IfThenElse(hn::IsNaN(x), x, y);
}
template <class D, class V> HWY_INLINE V at_most(D d, V x, float high) {
  const V y = hn::Min(hn::Set(d, high), x);
  if constexpr (kSecondOfNaN) return y;
  else return hn::IfThenElse(hn::IsNaN(x), x, y);
}
template <class D, class V> HWY_INLINE V limit(D d, V x, float low, float high) { return at_most(d, at_least(d, x, low), high); }

// x = n ln 2 + r with |r| <= ln 2 / 2; returns r. ln 2 is split in two so that n ln2_high is exact.
template <class D, class V> HWY_INLINE V reduce_by_ln2(D d, V x, V& n) {
  n = hn::Round(hn::Mul(x, hn::Set(d, 1.44269504f)));
  return hn::NegMulAdd(n, hn::Set(d, -2.12194440e-4f), hn::NegMulAdd(n, hn::Set(d, 0.693359375f), x));
}
// e^r for |r| <= ln 2 / 2, |error| < 4e-9.
template <class D, class V> HWY_INLINE V exp_near_zero(D d, V r) {
  return poly_in_parts(d, r, 1.0f, 1.0f, 0.49999994f, 0.166665211f, 0.0416682661f, 0.00836867746f, 0.0013820749f);
}

// e^x = 2^n e^r.
template <class D, class V> HWY_INLINE V exp_v(D d, V x) {
  V n;
  const V r = reduce_by_ln2(d, limit(d, x, -105.0f, 89.0f), n);
  return times_power_of_two(d, exp_near_zero(d, r), n);
}

// The same for arguments known to be <= 0 (or NaN, -inf) whose tiny results may become 0: what softmax needs.
template <class D, class V> HWY_INLINE V exp_nonpositive(D d, V x) {
  V n;
  const V r = reduce_by_ln2(d, at_least(d, x, -87.3f), n);
  const V e = exp_near_zero(d, r);
  V y;
  if constexpr (HWY_TARGET <= HWY_AVX3) y = times_power_of_two(d, e, n);
  else y = hn::Mul(e, power_of_two(d, hn::ConvertTo(hn::RebindToSigned<D>(), n)));
  return hn::IfThenZeroElse(hn::Lt(x, hn::Set(d, -87.3f)), y);
}

// (e^x - 1) / 2 = 2^(n-1) (e^r - 1) + (2^(n-1) - 1/2) for x in [-30, 89]: nothing cancels, and 2^128 is never formed.
template <class D, class V> HWY_INLINE V half_expm1(D d, V x) {
  V n;
  const V r = reduce_by_ln2(d, x, n), half = hn::Set(d, 0.5f);
  const V p = poly_in_parts(d, r, 0.5f, 0.166666657f, 0.041666463f, 0.00833357126f, 0.00139350875f, 0.000197394853f);
  const V e = hn::MulAdd(hn::Mul(r, r), p, r);
  const V s = times_power_of_two(d, half, n);
  return hn::MulAdd(e, s, hn::Sub(s, half));
}
template <class D, class V> HWY_INLINE V expm1_v(D d, V x) {
  const V y = half_expm1(d, limit(d, x, -30.0f, 89.0f));
  return hn::CopySign(hn::Add(y, y), x);
}

// log x = (e + more) ln 2 + log(1 + f), 1 + f in [sqrt 1/2, sqrt 2);  log(1 + f) = f - f^2 / 2 + f^3 P(f), |error| < 1e-9. x: normal.
template <class D, class V> HWY_INLINE V log_of_normal(D d, V x, V more) {
  const hn::RebindToSigned<D> di;
  // Subtracting sqrt(1/2) as an integer makes the exponent count from there.
  const auto from = hn::Set(di, 0x3f3504f3), bits = hn::Sub(hn::BitCast(di, x), from);
  const V e = hn::Add(hn::ConvertTo(d, hn::ShiftRight<23>(bits)), more);
  const V f = hn::Sub(hn::BitCast(d, hn::Add(hn::And(bits, hn::Set(di, 0x007fffff)), from)), hn::Set(d, 1.0f)), f2 = hn::Mul(f, f);
  const V p = poly_in_parts(d, f, 0.333333105f, -0.249999866f, 0.200022191f, -0.166692391f, 0.142187685f, -0.123845965f, 0.118724972f, -0.117882766f,
                            0.0691454411f);
  V y = hn::MulAdd(hn::Mul(f2, f), p, hn::Mul(e, hn::Set(d, -2.12194440e-4f)));
  y = hn::Add(hn::MulAdd(f2, hn::Set(d, -0.5f), y), f);
  return hn::MulAdd(e, hn::Set(d, 0.693359375f), y);
}
template <class D, class V> HWY_INLINE V log_v(D d, V x) {
  const V smallest = hn::Set(d, std::numeric_limits<float>::min()), inf = hn::Set(d, std::numeric_limits<float>::infinity()), zero = hn::Zero(d);
  if (HWY_LIKELY(hn::AllTrue(d, hn::And(hn::Ge(x, smallest), hn::Lt(x, inf))))) return log_of_normal(d, x, zero);
  const auto subnormal = hn::Lt(x, smallest);
  const V scaled = hn::IfThenElse(subnormal, hn::Mul(x, hn::Set(d, 8388608.0f)), x);  // 2^23
  V y = log_of_normal(d, scaled, hn::IfThenElseZero(subnormal, hn::Set(d, -23.0f)));
  y = hn::IfThenElse(hn::Lt(x, inf), y, x);  // inf and NaN stay
  y = hn::IfThenElse(hn::Eq(x, zero), hn::Neg(inf), y);
  return hn::IfThenElse(hn::Lt(x, zero), hn::Set(d, std::numeric_limits<float>::quiet_NaN()), y);
}

// log(1 + x): u = 1 + x rounded; what the rounding lost is c = x - (u - 1), and log(u + c) = log u + c / u to first order.
template <class D, class V> HWY_INLINE V log1p_v(D d, V x) {
  const V one = hn::Set(d, 1.0f);
  const V u = hn::Add(one, x);
  const V c = hn::Sub(x, hn::Sub(u, one));
  const auto ordinary = hn::And(hn::Gt(u, hn::Zero(d)), hn::Lt(u, hn::Set(d, 1e30f)));
  const V y = hn::Add(log_v(d, u), hn::IfThenElseZero(ordinary, hn::Div(c, u)));
  return hn::IfThenElse(hn::Eq(x, hn::Zero(d)), x, y);
}

// tanh x = m / (m + 1),  m = (e^2x - 1) / 2.  Beyond 10 it is 1 to the last bit.
template <class D, class V> HWY_INLINE V tanh_v(D d, V x) {
  const V limited = limit(d, x, -10.0f, 10.0f);
  const V m = half_expm1(d, hn::Add(limited, limited));
  return hn::Div(m, hn::Add(m, hn::Set(d, 1.0f)));
}

template <class D, class V> HWY_INLINE V sigmoid_v(D d, V x) {
  const V one = hn::Set(d, 1.0f);
  return hn::Div(one, hn::Add(one, exp_v(d, hn::Neg(x))));
}

// erf x = x P(x^2) for |x| < 1, |error| < 2e-9;  sign(x) (1 - e^-Q(|x|)) beyond, Q = -log erfc, |error| < 2e-9.
template <class D, class V> HWY_INLINE V erf_v(D d, V x) {
  const V t = hn::Abs(x), t2 = hn::Mul(x, x), far = hn::Min(t, hn::Set(d, 4.0f));
  const V near = hn::Mul(x, poly(d, t2, 1.12837911f, -0.37612626f, 0.112836003f, -0.0268544443f, 0.00518953521f, -0.000802084105f, 7.8891193e-05f));
  const V q = poly(d, far, 0.000353708921f, 1.12704003f, 0.638225615f, 0.103037432f, -0.0218053516f, 0.00293961563f, -0.0001855749f);
  const V beyond = hn::CopySign(hn::Sub(hn::Set(d, 1.0f), exp_nonpositive(d, hn::Neg(q))), x);
  const V y = hn::IfThenElse(hn::Lt(t, hn::Set(d, 1.0f)), near, beyond);
  return hn::IfThenElse(hn::IsNaN(x), x, y);
}

// The normal distribution: Phi(-t) = 2^-q(t) for t >= 0, q = -log2(erfc(t / sqrt 2) / 2) a polynomial of degree 10 on [0, 6], |error|
// < 7e-8 max(1, q); beyond 6 (where Phi is below 1e-9) it only has to grow, to 190 at 12.5, where 2^-q is 0. t <= 12.5.
template <class D, class V> HWY_INLINE V normal_tail(D d, V t) {
  const V minus_q = poly_in_parts(d, t, -1.0f, -1.15110672f, -0.45919469f, -0.0525289401f, 0.00708349608f, -0.000114987088f, -0.000223398441f,
                                  6.00122548e-05f, -8.14237046e-06f, 5.96044572e-07f, -1.86289277e-08f);
  const V n = hn::Round(minus_q);
  // 2^f for |f| <= 1/2, |error| < 1e-7
  const V p = poly_in_parts(d, hn::Sub(minus_q, n), 1.0f, 0.693147004f, 0.240222424f, 0.0555073358f, 0.00967151299f, 0.00132647273f);
  return times_power_of_two(d, p, n);
}
// Phi(x) keeps its digits for negative x.
template <class D, class V> HWY_INLINE V normal_distribution(D d, V x) {
  const V tail = normal_tail(d, at_most(d, hn::Abs(x), 12.5f));
  return hn::IfThenElse(hn::Lt(x, hn::Zero(d)), tail, hn::Sub(hn::Set(d, 1.0f), tail));
}
// x Phi(x) = max(x, 0) - |x| Phi(-|x|): one rounding where the tail is small. The |x| of infinity is limited, as infinity times 0 is none.
template <class D, class V> HWY_INLINE V gelu_v(D d, V x) {
  const V size = hn::Abs(at_most(d, x, 12.5f));
  return hn::NegMulAdd(size, normal_tail(d, at_most(d, size, 12.5f)), hn::Max(x, hn::Zero(d)));
}

// sin x = (-1)^n sin r, x = n pi + r with |r| <= pi/2; cos x = sin(x + pi/2), hence n is a whole number and a half. Pi in three parts,
// the first two short enough for exact products; sin r = r (1 + r^2 P(r^2)), |error| < 7e-9. Beyond 8192 (and for infinities and
// NaN) the lanes go to <cmath>, whose reduction has the digits of pi that this needs.
template <bool kCosine, class D, class V> HWY_INLINE V sin_or_cos(D d, V x) {
  if (HWY_UNLIKELY(!hn::AllTrue(d, hn::Le(hn::Abs(x), hn::Set(d, 8192.0f))))) {
    HWY_ALIGN float lanes[hn::MaxLanes(d)];
    hn::Store(x, d, lanes);
    for (size_t i = 0; i < hn::Lanes(d); i++) lanes[i] = kCosine ? std::cos(lanes[i]) : std::sin(lanes[i]);
    return hn::Load(d, lanes);
  }
  // Adding 1.5 2^23 rounds to a whole number and leaves it in the lowest bits.
  const V shift = hn::Set(d, 12582912.0f), inverse_pi = hn::Set(d, 0.318309886f);
  const V shifted = hn::Add(kCosine ? hn::MulAdd(x, inverse_pi, hn::Set(d, 0.5f)) : hn::Mul(x, inverse_pi), shift);
  V n = hn::Sub(shifted, shift);
  if constexpr (kCosine) n = hn::Sub(n, hn::Set(d, 0.5f));
  V r = hn::NegMulAdd(n, hn::Set(d, 3.140625f), x);
  r = hn::NegMulAdd(n, hn::Set(d, 9.675025939941406e-4f), r);
  r = hn::NegMulAdd(n, hn::Set(d, 1.5099579909783764e-7f), r);
  const V r2 = hn::Mul(r, r);
  const hn::RebindToUnsigned<D> du;
  const V sign = hn::BitCast(d, hn::ShiftLeft<31>(hn::BitCast(du, shifted)));
  return hn::Mul(hn::Xor(r, sign), poly(d, r2, 1.0f, -0.166666597f, 0.00833306927f, -0.000198097769f, 2.60609545e-06f));
}

// What every kernel shares: a first or last vector of n < Lanes elements.
template <class D, class T> HWY_INLINE hn::Vec<D> load_part(D d, const T* p, int64_t n) {
  return hn::MaskedLoad(hn::FirstN(d, static_cast<size_t>(n)), d, p);
}
template <class D, class V, class T> HWY_INLINE void store_part(D d, V v, T* p, int64_t n) {
  hn::BlendedStore(v, hn::FirstN(d, static_cast<size_t>(n)), d, p);
}

// A whole vector, past the caches when the row is written so (y + i is aligned then: a row begins with its part `head`).
template <class D, class V> HWY_INLINE void store_whole(D d, V v, float* p, bool past_caches) {
  if (past_caches) hn::Stream(v, d, p);
  else hn::StoreU(v, d, p);
}
// A row of n results: parts at its ends (at most a vector each), whole vectors between.
struct RowCut {
  template <class D> HWY_INLINE RowCut(D d, const float* y, int64_t n, bool past_caches) {
    const int64_t lanes = hn::Lanes(d), bytes = lanes * sizeof(float);
    const int64_t head = past_caches ? std::min<int64_t>(n, (0 - reinterpret_cast<uintptr_t>(y)) % bytes / sizeof(float)) : 0;
    begin = head, end = n - (n - head) % lanes;
    part[0] = {0, head}, part[1] = {end, n - end};
  }
  int64_t begin, end;  // of the whole vectors
  struct Part {
    int64_t at, n;
  } part[2];
};

}  // namespace HWY_NAMESPACE
}  // namespace cairn::cpu
HWY_AFTER_NAMESPACE();
#endif
