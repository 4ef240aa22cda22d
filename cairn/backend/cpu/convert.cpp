// Between element types, as vector loops: bf16 and u8 to f32, f32 to bf16; and moving f32 around: with a stride, transposed, past the caches.
#include <cairn/base/targets.h>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/backend/cpu/convert.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include <cstring>

#include "hwy/cache_control.h"
#include "loops.h"
#include "math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {

void widen_row(const bf16_t* x, float* y, int64_t n) {
  const hn::ScalableTag<float> d;
  const hn::RebindToUnsigned<decltype(d)> du;
  const hn::Rebind<uint16_t, decltype(d)> d16;
  const int64_t lanes = hn::Lanes(d);
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    const auto bits = hn::LoadU(d16, reinterpret_cast<const uint16_t*>(x) + i);
    hn::StoreU(hn::BitCast(d, hn::ShiftLeft<16>(hn::PromoteTo(du, bits))), d, y + i);
  }
  for (; i < n; i++) y[i] = x[i];
}

// Rounds to nearest, ties to even: adds 0x7fff and the lowest bit that stays, then cuts. NaN keeps its upper half and becomes quiet.
void narrow_row(const float* x, bf16_t* y, int64_t n) {
  const hn::ScalableTag<float> d;
  const hn::RebindToUnsigned<decltype(d)> du;
  const hn::Rebind<uint16_t, decltype(d)> d16;
  const int64_t lanes = hn::Lanes(d);
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    const auto v = hn::LoadU(d, x + i);
    const auto bits = hn::BitCast(du, v), upper = hn::ShiftRight<16>(bits);
    const auto rounded = hn::ShiftRight<16>(hn::Add(bits, hn::Add(hn::And(upper, hn::Set(du, 1u)), hn::Set(du, 0x7fffu))));
    const auto result = hn::IfThenElse(hn::RebindMask(du, hn::IsNaN(v)), hn::Or(upper, hn::Set(du, 0x40u)), rounded);
    hn::StoreU(hn::TruncateTo(d16, result), d16, reinterpret_cast<uint16_t*>(y) + i);
  }
  for (; i < n; i++) y[i] = bf16_t(x[i]);
}

void bytes_to_floats_row(const uint8_t* x, float* y, int64_t n) {
  const hn::ScalableTag<float> d;
  const hn::RebindToSigned<decltype(d)> di;
  const hn::Rebind<uint8_t, decltype(d)> d8;
  const int64_t lanes = hn::Lanes(d);
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) hn::StoreU(hn::ConvertTo(d, hn::PromoteTo(di, hn::LoadU(d8, x + i))), d, y + i);
  for (; i < n; i++) y[i] = x[i];
}

void stream_row(const uint8_t* x, uint8_t* y, int64_t n) {
  const hn::ScalableTag<uint8_t> d;
  const int64_t lanes = hn::Lanes(d);
  int64_t i = std::min<int64_t>(n, (0 - reinterpret_cast<uintptr_t>(y)) % lanes);  // up to an aligned place
  std::memcpy(y, x, i);
  for (; i + 4 * lanes <= n; i += 4 * lanes) {
    const auto a = hn::LoadU(d, x + i), b = hn::LoadU(d, x + i + lanes), c = hn::LoadU(d, x + i + 2 * lanes), e = hn::LoadU(d, x + i + 3 * lanes);
    hn::Stream(a, d, y + i), hn::Stream(b, d, y + i + lanes), hn::Stream(c, d, y + i + 2 * lanes), hn::Stream(e, d, y + i + 3 * lanes);
  }
  std::memcpy(y + i, x + i, n - i);
}

// In blocks of 4 x 4, gathered in a tile at hand so that x and y are touched a whole cache line at a time.
void transpose_tile(const float* x, int64_t x_stride, float* y, int64_t y_stride) {
  constexpr int n = 16;
  HWY_ALIGN float tile[n * n];
#if HWY_TARGET == HWY_SCALAR
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) tile[j * n + i] = x[i * x_stride + j];
#else
  const hn::FixedTag<float, 4> d;
  for (int i = 0; i < n; i += 4) {
    const float* p = x + i * x_stride;
    for (int j = 0; j < n; j += 4) {
      const auto r0 = hn::LoadU(d, p + j), r1 = hn::LoadU(d, p + x_stride + j), r2 = hn::LoadU(d, p + 2 * x_stride + j),
                 r3 = hn::LoadU(d, p + 3 * x_stride + j);
      const auto t0 = hn::InterleaveLower(d, r0, r2), t1 = hn::InterleaveLower(d, r1, r3);
      const auto t2 = hn::InterleaveUpper(d, r0, r2), t3 = hn::InterleaveUpper(d, r1, r3);
      float* q = tile + j * n + i;
      hn::Store(hn::InterleaveLower(d, t0, t1), d, q);
      hn::Store(hn::InterleaveUpper(d, t0, t1), d, q + n);
      hn::Store(hn::InterleaveLower(d, t2, t3), d, q + 2 * n);
      hn::Store(hn::InterleaveUpper(d, t2, t3), d, q + 3 * n);
    }
  }
#endif
  for (int j = 0; j < n; j++) std::memcpy(y + j * y_stride, tile + j * n, n * sizeof(float));
}

}  // namespace HWY_NAMESPACE
}  // namespace cairn::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cairn::cpu {
HWY_EXPORT(widen_row);
HWY_EXPORT(narrow_row);
HWY_EXPORT(bytes_to_floats_row);
HWY_EXPORT(stream_row);
HWY_EXPORT(transpose_tile);
void widen_loop(const bf16_t* x, float* y, int64_t n) { HWY_DYNAMIC_DISPATCH(widen_row)(x, y, n); }
void narrow_loop(const float* x, bf16_t* y, int64_t n) { HWY_DYNAMIC_DISPATCH(narrow_row)(x, y, n); }
void bytes_to_floats_loop(const uint8_t* x, float* y, int64_t n) { HWY_DYNAMIC_DISPATCH(bytes_to_floats_row)(x, y, n); }
void stream_bytes_loop(const void* x, void* y, int64_t bytes) {
  HWY_DYNAMIC_DISPATCH(stream_row)(static_cast<const uint8_t*>(x), static_cast<uint8_t*>(y), bytes);
}
void stream_loop(const float* x, float* y, int64_t n) { stream_bytes_loop(x, y, n * int64_t(sizeof(float))); }
void transpose_tile_loop(const float* x, int64_t x_stride, float* y, int64_t y_stride) {
  HWY_DYNAMIC_DISPATCH(transpose_tile)(x, x_stride, y, y_stride);
}
void end_stream() { hwy::FlushStream(); }

void Feed::fill(const std::byte* p, int64_t at, int64_t n, float* buffer) const {
  const auto gather = [&](auto* x) {
    if (stride_ == 0) std::fill_n(buffer, n, static_cast<float>(*x));
    else
      for (int64_t i = 0; i < n; i++) buffer[i] = x[(at + i) * stride_];
  };
  if (dtype_ == f32) gather(reinterpret_cast<const float*>(p));
  else if (stride_ == 1) widen_loop(reinterpret_cast<const bf16_t*>(p) + at, buffer, n);
  else gather(reinterpret_cast<const bf16_t*>(p));
}
}  // namespace cairn::cpu
#endif
