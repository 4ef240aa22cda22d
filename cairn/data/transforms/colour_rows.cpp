// Compiled once for each instruction set by Highway.
#ifndef HWY_DISABLED_TARGETS
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SSE4 | HWY_AVX3_DL)
#endif
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/data/transforms/colour_rows.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include <cairn/data/transforms/colour_rows.h>

HWY_BEFORE_NAMESPACE();
namespace cairn::transforms::detail {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

void mixed(const uint8_t* poor, const uint8_t* x, float factor, uint8_t* to, int64_t n) {
  const hn::ScalableTag<float> d;
  const hn::RebindToSigned<decltype(d)> di;
  const hn::Rebind<uint8_t, decltype(d)> d8;
  const int64_t lanes = int64_t(hn::Lanes(d));
  const auto f = hn::Set(d, factor);
  const auto some = [&](const uint8_t* a, const uint8_t* b) {
    const auto from = hn::PromoteTo(di, hn::LoadU(d8, a)), difference = hn::Sub(hn::PromoteTo(di, hn::LoadU(d8, b)), from);
    const auto v = hn::Add(hn::ConvertTo(d, from), hn::Mul(f, hn::ConvertTo(d, difference)));
    return hn::DemoteTo(d8, hn::ConvertTo(di, hn::Min(hn::Max(v, hn::Zero(d)), hn::Set(d, 255))));
  };
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) hn::StoreU(some(poor + i, x + i), d8, to + i);
  for (; i < n; i++) {
    const float v = float(poor[i]) + factor * float(x[i] - poor[i]);
    to[i] = v <= 0 ? 0 : v >= 255 ? 255 : uint8_t(v);
  }
}

// sum / 13 rounded is (sum + 6) / 13, as 13 is odd; and for sums below 3,322 that is ((sum + 6) * 5042) >> 16.
void smoothed(const uint8_t* above, const uint8_t* row, const uint8_t* below, uint8_t* to, int64_t n) {
  const hn::ScalableTag<int32_t> d;
  const hn::Rebind<uint8_t, decltype(d)> d8;
  const int64_t lanes = int64_t(hn::Lanes(d));
  const auto wide = [&](const uint8_t* p) { return hn::PromoteTo(d, hn::LoadU(d8, p)); };
  const auto three = [&](const uint8_t* p) { return hn::Add(hn::Add(wide(p - 1), wide(p)), wide(p + 1)); };
  to[0] = row[0];
  to[n - 1] = row[n - 1];
  int64_t i = 1;
  for (; i + lanes <= n - 1; i += lanes) {
    auto sum = hn::Add(hn::Add(three(above + i), three(row + i)), hn::Add(three(below + i), hn::ShiftLeft<2>(wide(row + i))));
    sum = hn::ShiftRight<16>(hn::Mul(hn::Add(sum, hn::Set(d, 6)), hn::Set(d, 5042)));
    hn::StoreU(hn::DemoteTo(d8, sum), d8, to + i);
  }
  for (; i < n - 1; i++) {
    const int sum = above[i - 1] + above[i] + above[i + 1] + row[i - 1] + 5 * row[i] + row[i + 1] + below[i - 1] + below[i] + below[i + 1];
    to[i] = uint8_t((sum + 6) / 13);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace cairn::transforms::detail
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cairn::transforms::detail {
HWY_EXPORT(mixed);
HWY_EXPORT(smoothed);
void mixed_rows(const uint8_t* poor, const uint8_t* x, float factor, uint8_t* to, int64_t n) { HWY_DYNAMIC_DISPATCH(mixed)(poor, x, factor, to, n); }
void smoothed_row(const uint8_t* above, const uint8_t* row, const uint8_t* below, uint8_t* to, int64_t n) {
  HWY_DYNAMIC_DISPATCH(smoothed)(above, row, below, to, n);
}
}  // namespace cairn::transforms::detail
#endif
