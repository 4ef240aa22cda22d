// One example through a linear layer: y[o] = sum over k of w[o][k] x[k]; the bias is added afterwards. Every weight is read once and used once, so that it is
// the reading that takes the time. Eight rows of w at a time keep enough of it under way (100 GB/s from the third cache on a Zen 5, where
// one row at a time has 60 and a general matrix product 83); ahead of each goes a prefetch.
#include <cairn/base/targets.h>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/backend/cpu/row_product.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include <algorithm>

#include "hwy/cache_control.h"
#include "loops.h"

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

template <int kRows> HWY_INLINE void some_outputs(const float* x, const float* w, float* y, int64_t n) {
  const hn::CappedTag<float, 16> d;
  constexpr int64_t ahead = 128;  // elements
  const int64_t lanes = int64_t(hn::Lanes(d));
  hn::Vec<decltype(d)> sum[kRows];
  for (int o = 0; o < kRows; o++) sum[o] = hn::Zero(d);
  int64_t k = 0;
  for (; k + lanes <= n; k += lanes) {
    const auto v = hn::LoadU(d, x + k);
#pragma GCC unroll 8
    for (int o = 0; o < kRows; o++) {
      hwy::Prefetch(w + o * n + k + ahead);
      sum[o] = hn::MulAdd(hn::LoadU(d, w + o * n + k), v, sum[o]);
    }
  }
  for (int o = 0; o < kRows; o++) {
    float s = hn::GetLane(hn::SumOfLanes(d, sum[o]));
    for (int64_t i = k; i < n; i++) s += w[o * n + i] * x[i];
    y[o] = s;
  }
}

void row_product_loop(const float* x, const float* w, float* y, int64_t outputs, int64_t n) {
  int64_t o = 0;
  for (; o + 8 <= outputs; o += 8) some_outputs<8>(x, w + o * n, y + o, n);
  for (; o < outputs; o++) some_outputs<1>(x, w + o * n, y + o, n);
}

}  // namespace HWY_NAMESPACE
}  // namespace cairn::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cairn::cpu {
HWY_EXPORT(row_product_loop);
void row_product_loop(const float* x, const float* w, float* y, int64_t outputs, int64_t n) {
  HWY_DYNAMIC_DISPATCH(row_product_loop)(x, w, y, outputs, n);
}
}  // namespace cairn::cpu
#endif
