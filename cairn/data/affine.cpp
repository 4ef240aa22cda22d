// Compiled once for each instruction set by Highway: AVX-512 turns 64 bytes into floats in four steps; a batch of 64 pictures of 28 x 28 takes
// about as long as writing its 200 KiB.
#include <cairn/base/targets.h>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/data/affine.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include <cairn/data/affine.h>

HWY_BEFORE_NAMESPACE();
namespace cairn::detail {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

void affine_bytes(const uint8_t* x, float* y, int64_t n, float centre, float scale) {
  const hn::ScalableTag<float> d;
  const hn::RebindToSigned<decltype(d)> di;
  const hn::Rebind<uint8_t, decltype(d)> d8;
  const int64_t lanes = int64_t(hn::Lanes(d));
  const auto c = hn::Set(d, centre), s = hn::Set(d, scale);
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) hn::StoreU(hn::Mul(hn::Sub(hn::ConvertTo(d, hn::PromoteTo(di, hn::LoadU(d8, x + i))), c), s), d, y + i);
  for (; i < n; i++) y[i] = (float(x[i]) - centre) * scale;
}

void affine_floats(const float* x, float* y, int64_t n, float centre, float scale) {
  const hn::ScalableTag<float> d;
  const int64_t lanes = int64_t(hn::Lanes(d));
  const auto c = hn::Set(d, centre), s = hn::Set(d, scale);
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) hn::StoreU(hn::Mul(hn::Sub(hn::LoadU(d, x + i), c), s), d, y + i);
  for (; i < n; i++) y[i] = (x[i] - centre) * scale;
}

}  // namespace HWY_NAMESPACE
}  // namespace cairn::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cairn::detail {
HWY_EXPORT(affine_bytes);
HWY_EXPORT(affine_floats);
void affine_row(const uint8_t* x, float* y, int64_t n, float centre, float scale) { HWY_DYNAMIC_DISPATCH(affine_bytes)(x, y, n, centre, scale); }
void affine_row(const float* x, float* y, int64_t n, float centre, float scale) { HWY_DYNAMIC_DISPATCH(affine_floats)(x, y, n, centre, scale); }
}  // namespace cairn::detail
#endif
