// Functions of a vector of floats: exp, expm1, log, log1p, tanh, erf, sin, cos; and bf16 conversion.
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

#include <cmath>
#include <limits>

#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// c0 + x (c1 + x (c2 + ...))
template <class D, class V> HWY_INLINE V poly(D d, V, float c) { return hn::Set(d, c); }
template <class D, class V, class... C> HWY_INLINE V poly(D d, V x, float c, C... rest) { return hn::MulAdd(poly(d, x, rest...), x, hn::Set(d, c)); }

// 2^n for whole n in [-126, 127].
template <class D, class VI> HWY_INLINE hn::Vec<D> power_of_two(D d, VI n) {
  const hn::RebindToSigned<D> di;
  return hn::BitCast(d, hn::ShiftLeft<23>(hn::Add(n, hn::Set(di, 127))));
}

// x = n ln 2 + r with |r| <= ln 2 / 2; returns r. ln 2 is split in two so that n ln2_high is exact.
template <class D, class V, class VI> HWY_INLINE V reduce_by_ln2(D d, V x, VI& n) {
  const hn::RebindToSigned<D> di;
  const V whole = hn::Round(hn::Mul(x, hn::Set(d, 1.44269504f)));
  n = hn::ConvertTo(di, whole);
  return hn::NegMulAdd(whole, hn::Set(d, -2.12194440e-4f), hn::NegMulAdd(whole, hn::Set(d, 0.693359375f), x));
}

// e^x = 2^n e^r,  e^r = 1 + r + r^2 P(r), |error| < 4e-9. 2^n in two factors, for results below the smallest normal number.
template <class D, class V> HWY_INLINE V exp_v(D d, V x) {
  hn::Vec<hn::RebindToSigned<D>> n;
  const V r = reduce_by_ln2(d, hn::Min(hn::Max(x, hn::Set(d, -105.0f)), hn::Set(d, 89.0f)), n);
  const V p = poly(d, r, 0.5f, 0.166666672f, 0.041666355f, 0.00833327416f, 0.00139410107f, 0.000199135815f);
  const V y = hn::Add(hn::MulAdd(hn::Mul(r, r), p, r), hn::Set(d, 1.0f));
  const auto half = hn::ShiftRight<1>(n);
  const V scaled = hn::Mul(hn::Mul(y, power_of_two(d, half)), power_of_two(d, hn::Sub(n, half)));
  return hn::IfThenElse(hn::IsNaN(x), x, scaled);
}

// The same for arguments known to be <= 0 (or NaN, -inf) whose tiny results may become 0: what softmax needs.
template <class D, class V> HWY_INLINE V exp_nonpositive(D d, V x) {
  hn::Vec<hn::RebindToSigned<D>> n;
  const V r = reduce_by_ln2(d, hn::Max(x, hn::Set(d, -87.3f)), n);
  const V p = poly(d, r, 0.5f, 0.166666672f, 0.041666355f, 0.00833327416f, 0.00139410107f, 0.000199135815f);
  const V y = hn::Mul(hn::Add(hn::MulAdd(hn::Mul(r, r), p, r), hn::Set(d, 1.0f)), power_of_two(d, n));
  // Below -87.3 the result is 0; NaN fails both comparisons and must come through.
  return hn::IfThenElse(hn::Ge(x, hn::Set(d, -87.3f)), y, hn::IfThenElse(hn::IsNaN(x), x, hn::Zero(d)));
}

// e^x - 1 = 2 (2^(n-1) (e^r - 1) + (2^(n-1) - 1/2)): nothing cancels, and 2^128 is never formed.
template <class D, class V> HWY_INLINE V expm1_v(D d, V x) {
  const hn::RebindToSigned<D> di;
  hn::Vec<hn::RebindToSigned<D>> n;
  const V r = reduce_by_ln2(d, hn::Min(hn::Max(x, hn::Set(d, -30.0f)), hn::Set(d, 89.0f)), n);
  const V p = poly(d, r, 0.5f, 0.166666672f, 0.041666355f, 0.00833327416f, 0.00139410107f, 0.000199135815f);
  const V e = hn::MulAdd(hn::Mul(r, r), p, r);
  const V s = power_of_two(d, hn::Sub(n, hn::Set(di, 1)));
  const V y = hn::MulAdd(e, s, hn::Sub(s, hn::Set(d, 0.5f)));
  return hn::IfThenElse(hn::IsNaN(x), x, hn::CopySign(hn::Add(y, y), x));
}

// log x = e ln 2 + log(1 + f), 1 + f in [sqrt 1/2, sqrt 2);  log(1 + f) = f - f^2 / 2 + f^3 P(f), |error| < 1e-9.
template <class D, class V> HWY_INLINE V log_v(D d, V x) {
  const hn::RebindToSigned<D> di;
  const V smallest = hn::Set(d, std::numeric_limits<float>::min());
  const auto subnormal = hn::Lt(x, smallest);
  const V scaled = hn::IfThenElse(subnormal, hn::Mul(x, hn::Set(d, 8388608.0f)), x);  // 2^23
  // Subtracting sqrt(1/2) as an integer makes the exponent count from there.
  const auto bits = hn::Sub(hn::BitCast(di, scaled), hn::Set(di, 0x3f3504f3));
  auto e = hn::ShiftRight<23>(bits);
  const V f = hn::Sub(hn::BitCast(d, hn::Add(hn::And(bits, hn::Set(di, 0x007fffff)), hn::Set(di, 0x3f3504f3))), hn::Set(d, 1.0f));
  const V ef = hn::Add(hn::ConvertTo(d, e), hn::IfThenElseZero(subnormal, hn::Set(d, -23.0f)));
  const V p =
      poly(d, f, 0.333333105f, -0.249999866f, 0.200022191f, -0.166692391f, 0.142187685f, -0.123845965f, 0.118724972f, -0.117882766f, 0.0691454411f);
  const V f2 = hn::Mul(f, f);
  V y = hn::MulAdd(hn::Mul(f2, f), p, hn::Mul(ef, hn::Set(d, -2.12194440e-4f)));
  y = hn::Add(hn::MulAdd(f2, hn::Set(d, -0.5f), y), f);
  y = hn::MulAdd(ef, hn::Set(d, 0.693359375f), y);
  const V inf = hn::Set(d, std::numeric_limits<float>::infinity());
  y = hn::IfThenElse(hn::Lt(x, inf), y, x);  // inf and NaN stay
  y = hn::IfThenElse(hn::Eq(x, hn::Zero(d)), hn::Neg(inf), y);
  return hn::IfThenElse(hn::Lt(x, hn::Zero(d)), hn::Set(d, std::numeric_limits<float>::quiet_NaN()), y);
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

// tanh x = m / (m + 2),  m = e^2x - 1.  Beyond 10 it is 1 to the last bit.
template <class D, class V> HWY_INLINE V tanh_v(D d, V x) {
  const V limited = hn::Min(hn::Max(x, hn::Set(d, -10.0f)), hn::Set(d, 10.0f));
  const V m = expm1_v(d, hn::Add(limited, limited));
  return hn::IfThenElse(hn::IsNaN(x), x, hn::Div(m, hn::Add(m, hn::Set(d, 2.0f))));
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

// x = n pi/2 + r with |r| <= pi/4: pi/2 in three parts, the first two short enough for exact products. Beyond 8192 (and for
// infinities and NaN) the lanes go to <cmath>, whose reduction has the digits of pi that this needs.
template <bool kCosine, class D, class V> HWY_INLINE V sin_or_cos(D d, V x) {
  const hn::RebindToSigned<D> di;
  if (HWY_UNLIKELY(!hn::AllTrue(d, hn::Le(hn::Abs(x), hn::Set(d, 8192.0f))))) {
    HWY_ALIGN float lanes[hn::MaxLanes(d)];
    hn::Store(x, d, lanes);
    for (size_t i = 0; i < hn::Lanes(d); i++) lanes[i] = kCosine ? std::cos(lanes[i]) : std::sin(lanes[i]);
    return hn::Load(d, lanes);
  }
  const V whole = hn::Round(hn::Mul(x, hn::Set(d, 0.636619772f)));
  V r = hn::NegMulAdd(whole, hn::Set(d, 1.5703125f), x);
  r = hn::NegMulAdd(whole, hn::Set(d, 4.837512969970703e-4f), r);
  r = hn::NegMulAdd(whole, hn::Set(d, 7.549789954891882e-8f), r);
  const auto n = hn::Add(hn::ConvertTo(di, whole), hn::Set(di, kCosine ? 1 : 0));
  const V r2 = hn::Mul(r, r);
  const V s = hn::MulAdd(hn::Mul(r2, r), poly(d, r2, -0.166666672f, 0.00833333191f, -0.000198400841f, 2.724963e-06f), r);
  const V c = hn::MulAdd(hn::Mul(r2, r2), poly(d, r2, 0.0416666642f, -0.00138883025f, 2.45477349e-05f),
                         hn::NegMulAdd(r2, hn::Set(d, 0.5f), hn::Set(d, 1.0f)));
  const auto odd = hn::MaskFromVec(hn::BitCast(d, hn::ShiftRight<31>(hn::ShiftLeft<31>(n))));
  const V sign = hn::BitCast(d, hn::ShiftLeft<31>(hn::ShiftRight<1>(n)));
  const V y = hn::Xor(hn::IfThenElse(odd, c, s), sign);
  return kCosine ? y : hn::IfThenElse(hn::Eq(x, hn::Zero(d)), x, y);
}

// Four lanes' worth of bookkeeping that every kernel shares: a last vector of n < Lanes elements.
template <class D, class T> HWY_INLINE hn::Vec<D> load_part(D d, const T* p, int64_t n) {
  return hn::MaskedLoad(hn::FirstN(d, static_cast<size_t>(n)), d, p);
}
template <class D, class V, class T> HWY_INLINE void store_part(D d, V v, T* p, int64_t n) {
  hn::BlendedStore(v, hn::FirstN(d, static_cast<size_t>(n)), d, p);
}

}  // namespace HWY_NAMESPACE
}  // namespace cairn::cpu
HWY_AFTER_NAMESPACE();
#endif
