// How random words become numbers. Every backend uses these maps, so that a draw does not depend on the backend: uniform, integer,
// bernoulli and dropout agree to the bit; normal agrees up to the rounding of log, sqrt, sin and cos.
//
// Words are 32 bits, uniformly distributed; word i is word i % 4 of block i / 4 of a RandomKey.
//
//   uniform    f32, bf16, f16: element i takes word i, its highest 24, 8 or 11 bits: as many as the type's significand has
//              f64: element i takes words 2i (the low half) and 2i + 1 (the high half), the highest 53 of their 64 bits
//              y = a + (b - a) u, with the product and the sum rounded separately (no fused multiply-add), in f32 (f64 for f64);
//              rounded to the type; a y that rounding lifts up to b becomes the largest number below b (but not below a)
//   normal     elements 2k and 2k + 1 are r cos t and r sin t (Box and Muller 1958), r = sqrt(-2 log u1), t = 2 pi u2, u1 in (0, 1]
//              f32: u1, u2 of 24 bits from words 2k, 2k + 1; f64: of 53 bits from words 4k .. 4k + 3;  y = a + b z
//              bf16 and f16 are rounded from f32
//   integer    a + floor(word * (b - a) / 2^32) for all types, from word i; at most 2^32 different values
//   bernoulli  1 where u < p, u of 24 bits from word i, for all types;  p as f32
//   dropout    0 where u < p, the same u;  elsewhere x * (1 / (1 - p)), the factor rounded to f32 (f64 for f64)
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>

#include <cairn/tensor/dtype.h>

namespace cairn {

// [0, 1) in steps of 2^-24.
inline float unit_f32(uint32_t word) { return float(word >> 8) * 0x1p-24f; }
inline float unit_bf16(uint32_t word) { return float(word >> 24) * 0x1p-8f; }
inline float unit_f16(uint32_t word) { return float(word >> 21) * 0x1p-11f; }
// [0, 1) in steps of 2^-53.
inline double unit_f64(uint32_t low, uint32_t high) { return double((uint64_t(high) << 32 | low) >> 11) * 0x1p-53; }

// The largest number that uniform gives: below b (as the type computes in: W is float for 16-bit types), but not below a.
template <class T, class W = Wide<T>> T last_uniform(W a, W b) {
  T last = static_cast<T>(b);
  if constexpr (sizeof(T) > 2) {
    last = std::nextafter(last, -std::numeric_limits<W>::infinity());
  } else if (static_cast<W>(last) >= b) {  // one step down: the bits of 16-bit types are ordered as their magnitudes are
    const uint16_t sign = 0x8000;
    last.bits = (last.bits & 0x7fff) == 0 ? sign + 1 : last.bits & sign ? last.bits + 1 : last.bits - 1;
  }
  return static_cast<W>(last) < a ? static_cast<T>(a) : last;
}

// The two normal numbers of a pair of uniform ones. `u1` in [0, 1) is moved up by its step to (0, 1].
template <class T> void box_muller(T u1, T u2, T* first, T* second) {
  const T step = sizeof(T) == 8 ? T(0x1p-53) : T(0x1p-24);
  const T r = std::sqrt(T(-2) * std::log(u1 + step)), t = 2 * std::numbers::pi_v<T> * u2;
  *first = r * std::cos(t);
  *second = r * std::sin(t);
}

// [0, range), range at most 2^32.
inline uint64_t below(uint32_t word, uint64_t range) { return range == uint64_t(1) << 32 ? word : uint64_t(word) * range >> 32; }

}  // namespace cairn
