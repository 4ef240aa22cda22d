// The loops of conv_few.h. Each keeps a block of sums in registers: kRows outputs x two vectors of pixels forward, kRows outputs x 4 filter
// elements backward. GCC leaves the sums in memory, four times slower, unless it is told to unroll the loops over them.
#include <cairn/base/targets.h>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/backend/cpu/conv_few_loops.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include "conv_few.h"

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using D = hn::CappedTag<float, 16>;
using V = hn::Vec<D>;
constexpr int kRows = HWY_TARGET <= HWY_AVX3 ? 8 : 6;  // 16 and 12 sums: of 32 registers, and of 16
constexpr int kBackRows = HWY_TARGET <= HWY_AVX3 ? 6 : 2;

// kOutputs rows of y, over all of T in steps of two vectors.
template <int kOutputs> HWY_INLINE void forward_rows(const float* x, const int64_t* offset, int64_t K, const float* w, float* y, int64_t T) {
  const D d;
  const int64_t lanes = hn::Lanes(d);
  for (int64_t t = 0; t < T; t += 2 * lanes) {
    V sum[kOutputs][2];
#pragma GCC unroll 8
    for (int o = 0; o < kOutputs; o++) sum[o][0] = sum[o][1] = hn::Zero(d);
    for (int64_t k = 0; k < K; k++) {
      const V x0 = hn::LoadU(d, x + offset[k] + t), x1 = hn::LoadU(d, x + offset[k] + t + lanes);
#pragma GCC unroll 8
      for (int o = 0; o < kOutputs; o++) {
        const V weight = hn::Set(d, w[o * K + k]);
        sum[o][0] = hn::MulAdd(weight, x0, sum[o][0]);
        sum[o][1] = hn::MulAdd(weight, x1, sum[o][1]);
      }
    }
#pragma GCC unroll 8
    for (int o = 0; o < kOutputs; o++) {
      hn::StoreU(sum[o][0], d, y + o * T + t);
      if (t + lanes < T) hn::StoreU(sum[o][1], d, y + o * T + t + lanes);
    }
  }
}

// The gradients of kOutputs x kElements weights in one walk over the line.
template <int kOutputs, int kElements>
HWY_INLINE void weight_block(const float* x, const int64_t* offset, int64_t K, const float* dy, float* dw, int64_t T) {
  const D d;
  const int64_t lanes = hn::Lanes(d);
  V sum[kOutputs][kElements];
#pragma GCC unroll 8
  for (int o = 0; o < kOutputs; o++)
#pragma GCC unroll 8
    for (int e = 0; e < kElements; e++) sum[o][e] = hn::Zero(d);
  for (int64_t t = 0; t < T; t += lanes) {
    V pixel[kElements];
#pragma GCC unroll 8
    for (int e = 0; e < kElements; e++) pixel[e] = hn::LoadU(d, x + offset[e] + t);
#pragma GCC unroll 8
    for (int o = 0; o < kOutputs; o++) {
      const V g = hn::LoadU(d, dy + o * T + t);
#pragma GCC unroll 8
      for (int e = 0; e < kElements; e++) sum[o][e] = hn::MulAdd(g, pixel[e], sum[o][e]);
    }
  }
#pragma GCC unroll 8
  for (int o = 0; o < kOutputs; o++)
#pragma GCC unroll 8
    for (int e = 0; e < kElements; e++) dw[o * K + e] += hn::GetLane(hn::SumOfLanes(d, sum[o][e]));
}

template <int kOutputs> HWY_INLINE void weight_rows(const float* x, const int64_t* offset, int64_t K, const float* dy, float* dw, int64_t T) {
  int64_t k = 0;
  for (; k + 4 <= K; k += 4) weight_block<kOutputs, 4>(x, offset + k, K, dy, dw + k, T);
  for (; k < K; k++) weight_block<kOutputs, 1>(x, offset + k, K, dy, dw + k, T);
}

// f(n as a constant, first row): the rows in groups of kMost, then of 6, 4, 2 and 1.
template <int kMost, class F> HWY_INLINE void in_groups(int64_t rows, F f) {
  int64_t o = 0;
  for (; o + kMost <= rows; o += kMost) f(std::integral_constant<int, kMost>(), o);
  if constexpr (kMost > 6)
    for (; o + 6 <= rows; o += 6) f(std::integral_constant<int, 6>(), o);
  if constexpr (kMost > 4)
    for (; o + 4 <= rows; o += 4) f(std::integral_constant<int, 4>(), o);
  for (; o + 2 <= rows; o += 2) f(std::integral_constant<int, 2>(), o);
  if (o < rows) f(std::integral_constant<int, 1>(), o);
}

void forward(const float* x, const int64_t* offset, int64_t K, const float* w, int64_t O, float* y, int64_t T) {
  in_groups<kRows>(O, [&](auto n, int64_t o) HWY_ATTR { forward_rows<n()>(x, offset, K, w + o * K, y + o * T, T); });
}

void grad_weight(const float* x, const int64_t* offset, int64_t K, const float* dy, int64_t O, float* dw, int64_t T) {
  in_groups<kBackRows>(O, [&](auto n, int64_t o) HWY_ATTR { weight_rows<n()>(x, offset, K, dy + o * T, dw + o * K, T); });
}

}  // namespace HWY_NAMESPACE
}  // namespace cairn::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cairn::cpu {
HWY_EXPORT(forward);
HWY_EXPORT(grad_weight);
void few_forward(const float* x, const int64_t* offset, int64_t K, const float* w, int64_t O, float* y, int64_t T) {
  HWY_DYNAMIC_DISPATCH(forward)(x, offset, K, w, O, y, T);
}
void few_grad_weight(const float* x, const int64_t* offset, int64_t K, const float* dy, int64_t O, float* dw, int64_t T) {
  HWY_DYNAMIC_DISPATCH(grad_weight)(x, offset, K, dy, O, dw, T);
}
}  // namespace cairn::cpu
#endif
