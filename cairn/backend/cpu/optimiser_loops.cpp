// One pass over weights, gradients and states: what an optimiser costs is the memory it touches.
#include <cairn/base/targets.h>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/backend/cpu/optimiser_loops.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include "math-inl.h"
#include "optimiser_loops.h"

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {

using D = hn::ScalableTag<float>;
using V = hn::Vec<D>;

HWY_INLINE V constant(double v) { return hn::Set(D(), static_cast<float>(v)); }

// step(p, g, s0, s1) on vectors; kStates of the states exist. The last, partial vector goes through buffers.
template <int kStates, class Step> HWY_INLINE void for_each_vector(const SlotPointers& x, int64_t n, const Step& step) {
  const D d;
  const int64_t lanes = hn::Lanes(d);
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    V p = hn::LoadU(d, x.p + i), s0 = hn::Zero(d), s1 = hn::Zero(d);
    if constexpr (kStates > 0) s0 = hn::LoadU(d, x.s0 + i);
    if constexpr (kStates > 1) s1 = hn::LoadU(d, x.s1 + i);
    step(p, hn::LoadU(d, x.g + i), s0, s1);
    hn::StoreU(p, d, x.p + i);
    if constexpr (kStates > 0) hn::StoreU(s0, d, x.s0 + i);
    if constexpr (kStates > 1) hn::StoreU(s1, d, x.s1 + i);
  }
  if (i == n) return;
  const int64_t rest = n - i;
  V p = load_part(d, x.p + i, rest), s0 = hn::Zero(d), s1 = hn::Zero(d);
  if constexpr (kStates > 0) s0 = load_part(d, x.s0 + i, rest);
  if constexpr (kStates > 1) s1 = load_part(d, x.s1 + i, rest);
  step(p, load_part(d, x.g + i, rest), s0, s1);
  store_part(d, p, x.p + i, rest);
  if constexpr (kStates > 0) store_part(d, s0, x.s0 + i, rest);
  if constexpr (kStates > 1) store_part(d, s1, x.s1 + i, rest);
}

struct Sgd {
  V lr, momentum, keep, decay;
  bool first, nesterov, has_momentum;
  HWY_INLINE void operator()(V& p, V g, V& s0, V&) const {
    g = hn::MulAdd(decay, p, g);
    if (has_momentum) {
      s0 = first ? g : hn::MulAdd(momentum, s0, hn::Mul(keep, g));
      g = nesterov ? hn::MulAdd(momentum, s0, g) : s0;
    }
    p = hn::NegMulAdd(lr, g, p);
  }
};
void sgd_row(const SlotPointers& x, int64_t n, const SgdStep& s) {
  const Sgd step{constant(s.lr), constant(s.momentum), constant(1 - s.dampening), constant(s.weight_decay), s.first, s.nesterov, s.momentum != 0};
  s.momentum != 0 ? for_each_vector<1>(x, n, step) : for_each_vector<0>(x, n, step);
}

struct Adam {
  V keep, decay, one_minus_beta1, beta2, one_minus_beta2, root_correction2, eps, rate;
  HWY_INLINE void operator()(V& p, V g, V& s0, V& s1) const {
    p = hn::Mul(p, keep);
    g = hn::MulAdd(decay, p, g);
    s0 = hn::MulAdd(one_minus_beta1, hn::Sub(g, s0), s0);
    s1 = hn::MulAdd(hn::Mul(one_minus_beta2, g), g, hn::Mul(beta2, s1));
    // sqrt(s1) / sqrt(c2) + eps, multiplied out by sqrt(c2): one division less.
    p = hn::NegMulAdd(rate, hn::Div(s0, hn::MulAdd(eps, root_correction2, hn::Sqrt(s1))), p);
  }
};
struct Nadam {
  V keep, decay, one_minus_beta1, beta2, one_minus_beta2, root_correction2, eps, rate_g, rate_s;
  HWY_INLINE void operator()(V& p, V g, V& s0, V& s1) const {
    p = hn::Mul(p, keep);
    g = hn::MulAdd(decay, p, g);
    s0 = hn::MulAdd(one_minus_beta1, hn::Sub(g, s0), s0);
    s1 = hn::MulAdd(hn::Mul(one_minus_beta2, g), g, hn::Mul(beta2, s1));
    const V d = hn::MulAdd(eps, root_correction2, hn::Sqrt(s1));
    p = hn::Sub(p, hn::Div(hn::MulAdd(rate_s, s0, hn::Mul(rate_g, g)), d));
  }
};
void adam_row(const SlotPointers& x, int64_t n, const AdamStep& s) {
  const double keep = s.decoupled ? 1 - s.lr * s.weight_decay : 1, decay = s.decoupled ? 0 : s.weight_decay, root = std::sqrt(s.correction2);
  if (s.nesterov)
    return for_each_vector<2>(
        x, n,
        Nadam{constant(keep), constant(decay), constant(1 - s.beta1), constant(s.beta2), constant(1 - s.beta2), constant(root), constant(s.eps),
              constant(root * s.lr * (1 - s.mu) / (1 - s.mu_product)), constant(root * s.lr * s.mu_next / (1 - s.mu_product * s.mu_next))});
  for_each_vector<2>(x, n,
                     Adam{constant(keep), constant(decay), constant(1 - s.beta1), constant(s.beta2), constant(1 - s.beta2), constant(root),
                          constant(s.eps), constant(root * s.lr / s.correction1)});
}

struct Rmsprop {
  V lr, alpha, one_minus_alpha, eps, decay, momentum;
  bool has_momentum;
  HWY_INLINE void operator()(V& p, V g, V& s0, V& s1) const {
    g = hn::MulAdd(decay, p, g);
    s0 = hn::MulAdd(hn::Mul(one_minus_alpha, g), g, hn::Mul(alpha, s0));
    V u = hn::Div(g, hn::Add(hn::Sqrt(s0), eps));
    if (has_momentum) u = s1 = hn::MulAdd(momentum, s1, u);
    p = hn::NegMulAdd(lr, u, p);
  }
};
void rmsprop_row(const SlotPointers& x, int64_t n, const RmspropStep& s) {
  const Rmsprop step{constant(s.lr),           constant(s.alpha),    constant(1 - s.alpha), constant(s.eps),
                     constant(s.weight_decay), constant(s.momentum), s.momentum != 0};
  s.momentum != 0 ? for_each_vector<2>(x, n, step) : for_each_vector<1>(x, n, step);
}

struct Adagrad {
  V lr, eps, decay;
  HWY_INLINE void operator()(V& p, V g, V& s0, V&) const {
    g = hn::MulAdd(decay, p, g);
    s0 = hn::MulAdd(g, g, s0);
    p = hn::Sub(p, hn::Div(hn::Mul(lr, g), hn::Add(hn::Sqrt(s0), eps)));
  }
};
void adagrad_row(const SlotPointers& x, int64_t n, const AdagradStep& s) {
  for_each_vector<1>(x, n, Adagrad{constant(s.lr), constant(s.eps), constant(s.weight_decay)});
}

struct Ema {
  V decay, rest;
  HWY_INLINE void operator()(V& p, V g, V&, V&) const { p = hn::MulAdd(decay, p, hn::Mul(rest, g)); }
};
void ema_row(const SlotPointers& x, int64_t n, double decay) { for_each_vector<0>(x, n, Ema{constant(decay), constant(1 - decay)}); }

struct Scale {
  V factor;
  HWY_INLINE void operator()(V& p, V, V&, V&) const { p = hn::Mul(p, factor); }
};
void scale_row(float* x, int64_t n, float factor) { for_each_vector<0>({x, x, nullptr, nullptr}, n, Scale{constant(double(factor))}); }

}  // namespace HWY_NAMESPACE
}  // namespace cairn::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cairn::cpu {
HWY_EXPORT(sgd_row);
HWY_EXPORT(adam_row);
HWY_EXPORT(rmsprop_row);
HWY_EXPORT(adagrad_row);
HWY_EXPORT(ema_row);
HWY_EXPORT(scale_row);
void sgd_loop(const SlotPointers& x, int64_t n, const SgdStep& s) { HWY_DYNAMIC_DISPATCH(sgd_row)(x, n, s); }
void adam_loop(const SlotPointers& x, int64_t n, const AdamStep& s) { HWY_DYNAMIC_DISPATCH(adam_row)(x, n, s); }
void rmsprop_loop(const SlotPointers& x, int64_t n, const RmspropStep& s) { HWY_DYNAMIC_DISPATCH(rmsprop_row)(x, n, s); }
void adagrad_loop(const SlotPointers& x, int64_t n, const AdagradStep& s) { HWY_DYNAMIC_DISPATCH(adagrad_row)(x, n, s); }
void ema_loop(const SlotPointers& x, int64_t n, double decay) { HWY_DYNAMIC_DISPATCH(ema_row)(x, n, decay); }
void scale_loop(float* x, int64_t n, float factor) { HWY_DYNAMIC_DISPATCH(scale_row)(x, n, factor); }
}  // namespace cairn::cpu
#endif
