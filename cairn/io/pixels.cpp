// Compiled once for each instruction set by Highway.
#include <cairn/base/targets.h>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/io/pixels.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include <algorithm>
#include <cstring>

#include <cairn/io/pixels.h>

HWY_BEFORE_NAMESPACE();
namespace cairn::detail {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

void split3(const uint8_t* from, int64_t n, uint8_t* to) {
  const hn::ScalableTag<uint8_t> d;
  const int64_t lanes = int64_t(hn::Lanes(d));
  uint8_t *r = to, *g = to + n, *b = to + 2 * n;
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    hn::Vec<decltype(d)> v0, v1, v2;
    hn::LoadInterleaved3(d, from + 3 * i, v0, v1, v2);
    hn::StoreU(v0, d, r + i);
    hn::StoreU(v1, d, g + i);
    hn::StoreU(v2, d, b + i);
  }
  for (; i < n; i++) r[i] = from[3 * i], g[i] = from[3 * i + 1], b[i] = from[3 * i + 2];
}

void join3(const uint8_t* from, int64_t n, uint8_t* to) {
  const hn::ScalableTag<uint8_t> d;
  const int64_t lanes = int64_t(hn::Lanes(d));
  const uint8_t *r = from, *g = from + n, *b = from + 2 * n;
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) hn::StoreInterleaved3(hn::LoadU(d, r + i), hn::LoadU(d, g + i), hn::LoadU(d, b + i), d, to + 3 * i);
  for (; i < n; i++) to[3 * i] = r[i], to[3 * i + 1] = g[i], to[3 * i + 2] = b[i];
}

void luma3(const uint8_t* r, const uint8_t* g, const uint8_t* b, uint8_t* to, int64_t n) {
  const hn::ScalableTag<int32_t> d;
  const hn::Rebind<uint8_t, decltype(d)> d8;
  const int64_t lanes = int64_t(hn::Lanes(d));
  const auto wr = hn::Set(d, 19595), wg = hn::Set(d, 38470), wb = hn::Set(d, 7471), half = hn::Set(d, 32768);
  const auto wide = [&](const uint8_t* p) { return hn::PromoteTo(d, hn::LoadU(d8, p)); };
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    const auto sum = hn::Add(hn::Add(hn::Mul(wide(r + i), wr), hn::Mul(wide(g + i), wg)), hn::Add(hn::Mul(wide(b + i), wb), half));
    hn::StoreU(hn::DemoteTo(d8, hn::ShiftRight<16>(sum)), d8, to + i);
  }
  for (; i < n; i++) to[i] = luma(r[i], g[i], b[i]);
}

void weighted(const uint8_t* rows, int64_t stride, const int32_t* weights, int64_t taps, uint8_t* to, int64_t n) {
  const hn::ScalableTag<int32_t> d;
  const hn::Rebind<uint8_t, decltype(d)> d8;
  const int64_t lanes = int64_t(hn::Lanes(d));
  constexpr int32_t half = 1 << (weight_bits - 1);
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    auto sum = hn::Set(d, half);
    for (int64_t k = 0; k < taps; k++) sum = hn::Add(sum, hn::Mul(hn::PromoteTo(d, hn::LoadU(d8, rows + k * stride + i)), hn::Set(d, weights[k])));
    hn::StoreU(hn::DemoteTo(d8, hn::ShiftRight<weight_bits>(sum)), d8, to + i);
  }
  for (; i < n; i++) {
    int32_t sum = half;
    for (int64_t k = 0; k < taps; k++) sum += rows[k * stride + i] * weights[k];
    to[i] = uint8_t(std::clamp(sum >> weight_bits, 0, 255));
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace cairn::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cairn::detail {
HWY_EXPORT(split3);
HWY_EXPORT(join3);
HWY_EXPORT(luma3);
HWY_EXPORT(weighted);

void split_channels(const uint8_t* pixels, int64_t n, int64_t channels, uint8_t* planes) {
  if (channels == 3) HWY_DYNAMIC_DISPATCH(split3)(pixels, n, planes);
  else std::memcpy(planes, pixels, size_t(n));
}
void join_channels(const uint8_t* planes, int64_t n, int64_t channels, uint8_t* pixels) {
  if (channels == 3) HWY_DYNAMIC_DISPATCH(join3)(planes, n, pixels);
  else std::memcpy(pixels, planes, size_t(n));
}
void luma_row(const uint8_t* r, const uint8_t* g, const uint8_t* b, uint8_t* to, int64_t n) { HWY_DYNAMIC_DISPATCH(luma3)(r, g, b, to, n); }
void weighted_rows(const uint8_t* rows, int64_t stride, const int32_t* weights, int64_t taps, uint8_t* to, int64_t n) {
  HWY_DYNAMIC_DISPATCH(weighted)(rows, stride, weights, taps, to, n);
}

void reverse_bytes(const uint8_t* from, uint8_t* to, int64_t n) {
  int64_t i = 0;
  for (; i + 8 <= n; i += 8) {  // eight at a time
    uint64_t v;
    std::memcpy(&v, from + n - 8 - i, 8);
    v = __builtin_bswap64(v);
    std::memcpy(to + i, &v, 8);
  }
  for (; i < n; i++) to[i] = from[n - 1 - i];
}

// Blocks of 8 x 8 bytes: eight words of eight bytes, in which halves, then quarters, then single bytes change places.
void transpose_bytes(const uint8_t* from, int64_t stride, int64_t width, int64_t height, uint8_t* to) {
  const int64_t whole_x = width / 8 * 8, whole_y = height / 8 * 8;
  for (int64_t y = 0; y < whole_y; y += 8)
    for (int64_t x = 0; x < whole_x; x += 8) {
      uint64_t r[8];
#pragma GCC unroll 8
      for (int i = 0; i < 8; i++) std::memcpy(&r[i], from + (y + i) * stride + x, 8);
      const auto exchange = [](uint64_t& a, uint64_t& b, int shift, uint64_t mask) {
        const uint64_t t = (a >> shift ^ b) & mask;
        a ^= t << shift;
        b ^= t;
      };
#pragma GCC unroll 8
      for (int i = 0; i < 4; i++) exchange(r[i], r[i + 4], 32, 0x00000000ffffffff);
#pragma GCC unroll 8
      for (int i = 0; i < 4; i++) exchange(r[i / 2 * 4 + i % 2], r[i / 2 * 4 + i % 2 + 2], 16, 0x0000ffff0000ffff);
#pragma GCC unroll 8
      for (int i = 0; i < 4; i++) exchange(r[2 * i], r[2 * i + 1], 8, 0x00ff00ff00ff00ff);
#pragma GCC unroll 8
      for (int i = 0; i < 8; i++) std::memcpy(to + (x + i) * height + y, &r[i], 8);
    }
  for (int64_t y = 0; y < height; y++)
    for (int64_t x = y < whole_y ? whole_x : 0; x < width; x++) to[x * height + y] = from[y * stride + x];
}

}  // namespace cairn::detail
#endif
