// x^y of vectors of floats, as 2^(y log2 x).
//
// The exponent y log2 x is at most about 128, and an error of it is the relative error of the result: log2 x is needed to 32 bits, more
// than a float has, and is kept as a sum of two floats, a rounded one and the rest (`low`). It is taken apart like this:
//   x = 2^e z, z in [0.71, 1.42);   c: the middle of that part of the floats in this interval in which z lies;   f = z - c, exact;
//   p = f log2(e) / c, so that z / c = 1 + p ln 2;   log2 x = e + log2 c + p + p^2 Q(p), |error of p^2 Q| < 1e-11 |p|.
// log2 c and log2(e) / c come from a table, of as many parts as one instruction looks up in: 32 with AVX-512, 8 with AVX2, where Q has two
// terms more. Around x = 1, e = log2 c = 0: nothing cancels. Then n is y log2 x rounded to a whole number,
// and 2^(y log2 x - n) a polynomial, |error| < 3e-9. The result is within 1.2 units in the last place, and within 2 where x is so near
// to 1 (2 %) and y so large that the result nears the ends of the range.
#ifndef CAIRN_CPU_POW_TABLE_
#define CAIRN_CPU_POW_TABLE_

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace cairn::cpu {

template <int parts> struct PowTable {
  static constexpr int shift = 23 - std::bit_width(unsigned(parts) - 1);   // each has 2^shift floats
  static constexpr int32_t begin = parts == 32 ? 0x3f360000 : 0x3f380000;  // the interval's first number as bits; 1 is the middle of a part
  alignas(64) float c[parts], slope[parts], slope_low[parts], log[parts], log_low[parts];  // slope: log2(e) / c
  PowTable() {
    for (int32_t i = 0; i < parts; i++) {
      const int32_t middle = begin + (i << shift) + (1 << (shift - 1));
      std::memcpy(&c[i], &middle, sizeof middle);
      const double exact_slope = 1.4426950408889634 / double(c[i]), exact_log = std::log2(double(c[i]));
      slope[i] = float(exact_slope), slope_low[i] = float(exact_slope - double(slope[i]));
      log[i] = float(std::round(exact_log * 65536) / 65536);  // 16 bits after the point: the sum with e is exact
      log_low[i] = float(exact_log - double(log[i]));
    }
  }
};
template <int parts> inline const PowTable<parts>& pow_table() {
  static const PowTable<parts> table;
  return table;
}

}  // namespace cairn::cpu
#endif

#if defined(CAIRN_CPU_POW_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CAIRN_CPU_POW_INL_H_
#undef CAIRN_CPU_POW_INL_H_
#else
#define CAIRN_CPU_POW_INL_H_
#endif

#include "math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {

constexpr int pow_parts = HWY_TARGET <= HWY_AVX3 ? 32 : 8;
using PowParts = PowTable<pow_parts>;

#if HWY_TARGET != HWY_SCALAR
// table[i mod pow_parts]
template <class D, class VI> HWY_INLINE hn::Vec<D> part_of(D d, const float* table, VI i) {
#if HWY_TARGET <= HWY_AVX3
  return hn::Vec<D>{_mm512_permutex2var_ps(hn::Load(d, table).raw, i.raw, hn::Load(d, table + 16).raw)};
#else
  return hn::TableLookupLanes(hn::Load(d, table), hn::IndicesFromVec(d, hn::And(i, hn::Set(hn::RebindToSigned<D>(), 7))));
#endif
}

// For normal positive x; `exponent` is about y log2 x. kAnyExponent: else below 125 in size, for the result to be right.
template <bool kAnyExponent, class D, class V> HWY_INLINE V power_of_normal(D d, const PowParts& table, V x, V y, V& exponent) {
  const hn::RebindToSigned<D> di;
  const auto begin = hn::Set(di, PowParts::begin), bits = hn::Sub(hn::BitCast(di, x), begin), i = hn::ShiftRight<PowParts::shift>(bits);
  const V e = hn::ConvertTo(d, hn::ShiftRight<23>(bits));
  const V z = hn::BitCast(d, hn::Add(hn::And(bits, hn::Set(di, 0x007fffff)), begin)), f = hn::Sub(z, part_of(d, table.c, i));
  const V slope = part_of(d, table.slope, i), p = hn::Mul(f, slope);
  const V p_low = hn::MulAdd(f, part_of(d, table.slope_low, i), hn::MulSub(f, slope, p));
  // The largest term of p^2 Q(p), -p^2 ln 2 / 2, and what it loses as a float.
  const V half_ln2 = hn::Set(d, -0.346573591f), square = hn::Mul(p, p), second = hn::Mul(square, half_ln2);
  const V second_low = hn::MulAdd(hn::MulSub(p, p, square), half_ln2, hn::MulSub(square, half_ln2, second));
  const V whole = hn::Add(e, part_of(d, table.log, i)), first = hn::Add(whole, p), log = hn::Add(first, second);
  // What was lost: by the table, by the two sums, by p, whose square's share of p_low is -ln 2 p p_low, and the other terms of p^2 Q(p).
  V low = hn::Add(hn::Sub(p, hn::Sub(first, whole)), part_of(d, table.log_low, i));
  low = hn::Add(low, hn::Add(hn::Sub(second, hn::Sub(log, first)), second_low));
  low = hn::MulAdd(p_low, hn::NegMulAdd(p, hn::Set(d, 0.693147182f), hn::Set(d, 1.0f)), low);
  V rest;
  if constexpr (pow_parts == 32) rest = poly(d, p, 0.160151005f, -0.0832728744f, 0.0461800583f);
  else rest = poly(d, p, 0.160151005f, -0.0832559094f, 0.0461677946f, -0.0267688893f, 0.0157257784f);
  low = hn::MulAdd(hn::Mul(square, p), rest, low);

  V t = hn::Mul(y, log), t_low = hn::MulAdd(y, low, hn::MulSub(y, log, t));
  exponent = t;
  if constexpr (kAnyExponent) {  // beyond 200 the result is 0 or infinite
    t_low = hn::IfThenElseZero(hn::Lt(hn::Abs(t), hn::Set(d, 200.0f)), t_low);
    t = hn::Min(hn::Max(t, hn::Set(d, -200.0f)), hn::Set(d, 200.0f));
  }
  const V n = hn::Round(hn::Add(t, t_low)), g = hn::Add(hn::Sub(t, n), t_low);
  const V q = poly_in_parts(d, g, 0.693147182f, 0.240226477f, 0.0555035956f, 0.00961850118f, 0.00133909867f, 0.000153285946f);
  return times_power_of_two(d, hn::MulAdd(g, q, hn::Set(d, 1.0f)), n);
}

// Vectors in which some x is not normal and positive, or some exponent is not an ordinary one. Negative numbers to whole powers change
// their sign with the odd ones; 0 to a positive power is 0. Infinities, NaN, subnormal x and the rest of the zeros are <cmath>'s.
template <class D, class V> HWY_NOINLINE V pow_special(D d, const PowParts& table, V x, V y) {
  const V size = hn::Abs(x), smallest = hn::Set(d, std::numeric_limits<float>::min()), inf = hn::Set(d, std::numeric_limits<float>::infinity());
  V exponent, z = power_of_normal<true>(d, table, size, y, exponent);
  const auto plain = hn::And(hn::And(hn::Ge(x, smallest), hn::Lt(x, inf)), hn::Lt(hn::Abs(y), inf));
  const auto whole = hn::And(hn::Eq(hn::Round(y), y), hn::Lt(hn::Abs(y), hn::Set(d, 8388608.0f)));
  const auto negative = hn::And(whole, hn::And(hn::Le(x, hn::Neg(smallest)), hn::Lt(size, inf)));
  const V half = hn::Mul(y, hn::Set(d, 0.5f));
  z = hn::IfThenElse(hn::And(negative, hn::Not(hn::Eq(hn::Round(half), half))), hn::Neg(z), z);
  const auto zero = hn::And(hn::And(hn::Eq(x, hn::Zero(d)), hn::Gt(hn::CopySign(hn::Set(d, 1.0f), x), hn::Zero(d))), hn::Gt(y, hn::Zero(d)));
  z = hn::IfThenZeroElse(zero, z);
  const auto done = hn::Or(hn::Or(plain, negative), zero);
  if (hn::AllTrue(d, done)) return z;
  HWY_ALIGN float a[hn::MaxLanes(d)], b[hn::MaxLanes(d)], c[hn::MaxLanes(d)], finished[hn::MaxLanes(d)];
  hn::Store(x, d, a), hn::Store(y, d, b), hn::Store(z, d, c), hn::Store(hn::IfThenElseZero(done, hn::Set(d, 1.0f)), d, finished);
  for (size_t i = 0; i < hn::Lanes(d); i++)
    if (finished[i] == 0) c[i] = std::pow(a[i], b[i]);
  return hn::Load(d, c);
}
#endif

template <class D, class V> HWY_INLINE V pow_v(D d, [[maybe_unused]] const PowParts& table, V x, V y) {
#if HWY_TARGET == HWY_SCALAR
  return hn::Set(d, std::pow(hn::GetLane(x), hn::GetLane(y)));
#else
  const hn::RebindToUnsigned<D> du;
  V exponent;
  const V z = power_of_normal<false>(d, table, x, y, exponent);
  // Counted from the smallest normal number, the bits of the positive ones come first, infinity follows, then NaN and all negative ones.
  const auto normal = hn::Lt(hn::Sub(hn::BitCast(du, x), hn::Set(du, 0x00800000u)), hn::Set(du, 0x7f000000u));
  const auto ordinary = hn::And(hn::RebindMask(d, normal), hn::Lt(hn::Abs(exponent), hn::Set(d, 125.0f)));
  return HWY_LIKELY(hn::AllTrue(d, ordinary)) ? z : pow_special(d, table, x, y);
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace cairn::cpu
HWY_AFTER_NAMESPACE();
#endif
