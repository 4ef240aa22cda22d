// Softmax, its gradient and cross-entropy of one row (reduce_loops.h). A row is read two or three times, from the L1 or L2 cache.
#include <cairn/base/targets.h>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/backend/cpu/softmax_loops.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include <algorithm>

#include "math-inl.h"
#include "reduce_loops.h"

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {

constexpr int64_t exp_block = 1024;  // summed in lanes; the blocks in double

// NaN need not be found here: exp(NaN - m) brings it into the sum.
HWY_INLINE float plain_max(const float* x, int64_t n) {
  const hn::ScalableTag<float> d;
  const int64_t lanes = hn::Lanes(d);
  auto b0 = hn::Set(d, x[0]), b1 = b0, b2 = b0, b3 = b0;
  int64_t i = 0;
  for (; i + 4 * lanes <= n; i += 4 * lanes) {
    b0 = hn::Max(b0, hn::LoadU(d, x + i));
    b1 = hn::Max(b1, hn::LoadU(d, x + i + lanes));
    b2 = hn::Max(b2, hn::LoadU(d, x + i + 2 * lanes));
    b3 = hn::Max(b3, hn::LoadU(d, x + i + 3 * lanes));
  }
  for (; i + lanes <= n; i += lanes) b0 = hn::Max(b0, hn::LoadU(d, x + i));
  if (i < n) {
    const auto part = hn::FirstN(d, static_cast<size_t>(n - i));
    b1 = hn::Max(b1, hn::IfThenElse(part, hn::MaskedLoad(part, d, x + i), b1));
  }
  return hn::GetLane(hn::MaxOfLanes(d, hn::Max(hn::Max(b0, b1), hn::Max(b2, b3))));
}

// sum exp(x - m); the terms go to y unless it is null.
template <bool kKeep> HWY_INLINE double exp_sum(const float* x, float m, float* y, int64_t n) {
  const hn::ScalableTag<float> d;
  const int64_t lanes = hn::Lanes(d);
  const auto shift = hn::Set(d, m);
  double total = 0;
  for (int64_t start = 0; start < n; start += exp_block) {
    const int64_t end = std::min(n, start + exp_block);
    auto s0 = hn::Zero(d), s1 = hn::Zero(d);
    int64_t i = start;
    for (; i + 2 * lanes <= end; i += 2 * lanes) {
      const auto e0 = exp_nonpositive(d, hn::Sub(hn::LoadU(d, x + i), shift)), e1 = exp_nonpositive(d, hn::Sub(hn::LoadU(d, x + i + lanes), shift));
      if constexpr (kKeep) hn::StoreU(e0, d, y + i), hn::StoreU(e1, d, y + i + lanes);
      s0 = hn::Add(s0, e0);
      s1 = hn::Add(s1, e1);
    }
    for (; i < end; i += lanes) {
      const int64_t rest = std::min(lanes, end - i);
      const auto part = hn::FirstN(d, static_cast<size_t>(rest));
      const auto e = hn::IfThenElseZero(part, exp_nonpositive(d, hn::Sub(hn::MaskedLoad(part, d, x + i), shift)));
      if constexpr (kKeep) store_part(d, e, y + i, rest);
      s0 = hn::Add(s0, e);
    }
    total += hn::GetLane(hn::SumOfLanes(d, hn::Add(s0, s1)));
  }
  return total;
}

// y = f(vectors of the inputs), element by element.
template <class F> HWY_INLINE void map_row(const float* a, const float* b, float* y, int64_t n, F f) {
  const hn::ScalableTag<float> d;
  const int64_t lanes = hn::Lanes(d);
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) hn::StoreU(f(d, hn::LoadU(d, a + i), hn::LoadU(d, b + i)), d, y + i);
  if (i < n) store_part(d, f(d, load_part(d, a + i, n - i), load_part(d, b + i, n - i)), y + i, n - i);
}

struct Times {
  float factor;
  template <class D, class V> HWY_INLINE V operator()(D d, V e, V) const { return hn::Mul(e, hn::Set(d, factor)); }
};
struct Minus {
  float m, log_sum;
  template <class D, class V> HWY_INLINE V operator()(D d, V x, V) const { return hn::Sub(hn::Sub(x, hn::Set(d, m)), hn::Set(d, log_sum)); }
};
struct SoftmaxGrad {
  float sum;
  template <class D, class V> HWY_INLINE V operator()(D d, V y, V dy) const { return hn::Mul(y, hn::Sub(dy, hn::Set(d, sum))); }
};
struct LogSoftmaxGrad {
  float sum;
  template <class D, class V> HWY_INLINE V operator()(D d, V y, V dy) const { return hn::NegMulAdd(exp_nonpositive(d, y), hn::Set(d, sum), dy); }
};
struct CrossEntropyGrad {
  float lse, a, b;
  template <class D, class V> HWY_INLINE V operator()(D d, V x, V) const {
    return hn::MulSub(exp_nonpositive(d, hn::Sub(x, hn::Set(d, lse))), hn::Set(d, a), hn::Set(d, b));
  }
};
struct WeightedCrossEntropyGrad {
  float lse, a, b;
  template <class D, class V> HWY_INLINE V operator()(D d, V x, V w) const {
    return hn::MulSub(exp_nonpositive(d, hn::Sub(x, hn::Set(d, lse))), hn::Set(d, a), hn::Mul(hn::Set(d, b), w));
  }
};

MaxAndSum max_and_sum(const float* x, int64_t n) {
  const float m = plain_max(x, n);
  return {m, std::isinf(m) ? 1 : exp_sum<false>(x, m, nullptr, n)};
}
void softmax_row(const float* x, float* y, int64_t n) {
  const double sum = exp_sum<true>(x, plain_max(x, n), y, n);
  map_row(y, y, y, n, Times{static_cast<float>(1 / sum)});
}
void log_softmax_row(const float* x, float* y, int64_t n) {
  const float m = plain_max(x, n);
  map_row(x, x, y, n, Minus{m, static_cast<float>(std::log(exp_sum<false>(x, m, nullptr, n)))});
}

// sum a b, in blocks as above.
HWY_INLINE double dot_row(const float* a, const float* b, int64_t n) {
  const hn::ScalableTag<float> d;
  const int64_t lanes = hn::Lanes(d);
  double total = 0;
  for (int64_t start = 0; start < n; start += exp_block) {
    const int64_t end = std::min(n, start + exp_block);
    auto s0 = hn::Zero(d), s1 = hn::Zero(d);
    int64_t i = start;
    for (; i + 2 * lanes <= end; i += 2 * lanes) {
      s0 = hn::MulAdd(hn::LoadU(d, a + i), hn::LoadU(d, b + i), s0);
      s1 = hn::MulAdd(hn::LoadU(d, a + i + lanes), hn::LoadU(d, b + i + lanes), s1);
    }
    for (; i < end; i += lanes) {
      const int64_t rest = std::min(lanes, end - i);
      s0 = hn::MulAdd(load_part(d, a + i, rest), load_part(d, b + i, rest), s0);
    }
    total += hn::GetLane(hn::SumOfLanes(d, hn::Add(s0, s1)));
  }
  return total;
}
void softmax_grad_row(const float* y, const float* dy, float* dx, int64_t n) {
  map_row(y, dy, dx, n, SoftmaxGrad{static_cast<float>(dot_row(y, dy, n))});
}
void log_softmax_grad_row(const float* y, const float* dy, float* dx, int64_t n) {
  map_row(y, dy, dx, n, LogSoftmaxGrad{static_cast<float>(row_sum(Term::value, dy, n, 0))});
}
void cross_entropy_grad_row(const float* x, float lse, float a, float b, const float* w, float* dx, int64_t n) {
  w ? map_row(x, w, dx, n, WeightedCrossEntropyGrad{lse, a, b}) : map_row(x, x, dx, n, CrossEntropyGrad{lse, a, b});
}

}  // namespace HWY_NAMESPACE
}  // namespace cairn::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cairn::cpu {
HWY_EXPORT(max_and_sum);
HWY_EXPORT(softmax_row);
HWY_EXPORT(log_softmax_row);
HWY_EXPORT(softmax_grad_row);
HWY_EXPORT(log_softmax_grad_row);
HWY_EXPORT(cross_entropy_grad_row);
MaxAndSum row_max_and_sum(const float* x, int64_t n) { return HWY_DYNAMIC_DISPATCH(max_and_sum)(x, n); }
void row_softmax(const float* x, float* y, int64_t n) { HWY_DYNAMIC_DISPATCH(softmax_row)(x, y, n); }
void row_log_softmax(const float* x, float* y, int64_t n) { HWY_DYNAMIC_DISPATCH(log_softmax_row)(x, y, n); }
void row_softmax_grad(const float* y, const float* dy, float* dx, int64_t n) { HWY_DYNAMIC_DISPATCH(softmax_grad_row)(y, dy, dx, n); }
void row_log_softmax_grad(const float* y, const float* dy, float* dx, int64_t n) { HWY_DYNAMIC_DISPATCH(log_softmax_grad_row)(y, dy, dx, n); }
void row_cross_entropy_grad(const float* x, float lse, float a, float b, const float* w, float* dx, int64_t n) {
  HWY_DYNAMIC_DISPATCH(cross_entropy_grad_row)(x, lse, a, b, w, dx, n);
}
}  // namespace cairn::cpu
#endif
