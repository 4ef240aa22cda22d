// The loops of conv_few.h. Each keeps a block of sums in registers: 6 outputs x 32 pixels forward, 6 outputs x 4 filter elements backward.
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

// kOutputs rows of y, over all of T in steps of two vectors: 12 sums, 2 pixels and 1 weight fit the registers of AVX2, too.
template <int kOutputs> HWY_INLINE void forward_rows(const float* x, const int64_t* offset, int64_t K, const float* w, float* y, int64_t T) {
  const D d;
  const int64_t lanes = hn::Lanes(d);
  for (int64_t t = 0; t < T; t += 2 * lanes) {
    V sum[kOutputs][2];
    for (int o = 0; o < kOutputs; o++) sum[o][0] = sum[o][1] = hn::Zero(d);
    for (int64_t k = 0; k < K; k++) {
      const V x0 = hn::LoadU(d, x + offset[k] + t), x1 = hn::LoadU(d, x + offset[k] + t + lanes);
      for (int o = 0; o < kOutputs; o++) {
        const V weight = hn::Set(d, w[o * K + k]);
        sum[o][0] = hn::MulAdd(weight, x0, sum[o][0]);
        sum[o][1] = hn::MulAdd(weight, x1, sum[o][1]);
      }
    }
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
  for (int o = 0; o < kOutputs; o++)
    for (int e = 0; e < kElements; e++) sum[o][e] = hn::Zero(d);
  for (int64_t t = 0; t < T; t += lanes) {
    V pixel[kElements];
    for (int e = 0; e < kElements; e++) pixel[e] = hn::LoadU(d, x + offset[e] + t);
    for (int o = 0; o < kOutputs; o++) {
      const V g = hn::LoadU(d, dy + o * T + t);
      for (int e = 0; e < kElements; e++) sum[o][e] = hn::MulAdd(g, pixel[e], sum[o][e]);
    }
  }
  for (int o = 0; o < kOutputs; o++)
    for (int e = 0; e < kElements; e++) dw[o * K + e] += hn::GetLane(hn::SumOfLanes(d, sum[o][e]));
}

template <int kOutputs> HWY_INLINE void weight_rows(const float* x, const int64_t* offset, int64_t K, const float* dy, float* dw, int64_t T) {
  int64_t k = 0;
  for (; k + 4 <= K; k += 4) weight_block<kOutputs, 4>(x, offset + k, K, dy, dw + k, T);
  for (; k < K; k++) weight_block<kOutputs, 1>(x, offset + k, K, dy, dw + k, T);
}

void forward(const float* x, const int64_t* offset, int64_t K, const float* w, int64_t O, float* y, int64_t T) {
  int64_t o = 0;
  for (; o + 6 <= O; o += 6) forward_rows<6>(x, offset, K, w + o * K, y + o * T, T);
  for (; o + 2 <= O; o += 2) forward_rows<2>(x, offset, K, w + o * K, y + o * T, T);
  if (o < O) forward_rows<1>(x, offset, K, w + o * K, y + o * T, T);
}

void grad_weight(const float* x, const int64_t* offset, int64_t K, const float* dy, int64_t O, float* dw, int64_t T) {
  int64_t o = 0;
  for (; o + 6 <= O; o += 6) weight_rows<6>(x, offset, K, dy + o * T, dw + o * K, T);
  for (; o + 2 <= O; o += 2) weight_rows<2>(x, offset, K, dy + o * T, dw + o * K, T);
  if (o < O) weight_rows<1>(x, offset, K, dy + o * T, dw + o * K, T);
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
