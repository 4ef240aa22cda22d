// Optimiser steps (formulas in backend.h), computed in f64 for f64 weights and in f32 for all others, in PyTorch's order of operations.
//   SGD with momentum: Sutskever et al. 2013.  Adam: Kingma and Ba 2015.  AdamW: Loshchilov and Hutter 2019.  NAdam: Dozat 2016.
//   RMSprop: Tieleman and Hinton 2012.  Adagrad: Duchi, Hazan, Singer 2011.
#include <cairn/backend/reference/loop.h>
#include <cairn/backend/reference/reference.h>

namespace cairn {

using namespace reference;

namespace {

template <class W> W plus_decay(W g, W p, double weight_decay) { return weight_decay != 0 ? g + static_cast<W>(weight_decay) * p : g; }

// step(p, g, s0, s1) for every element of every slot, as references to numbers of the type that is computed in; absent states are a 0
// that nobody keeps.
template <class F> void for_each_weight(std::span<OptimSlot> slots, F step) {
  for (OptimSlot& slot : slots) {
    if (!is_floating(slot.p.dtype())) unsupported("optimiser", "a step", slot.p.dtype());
    visit_floating(slot.p.dtype(), [&](auto tag) {
      using T = decltype(tag);
      using W = Wide<T>;
      Array g = slot.g;
      if (g.dtype() != slot.p.dtype()) {
        g = Array(slot.p.shape(), slot.p.dtype());
        reference_backend().copy(slot.g, g);
      }
      T* ps = slot.p.template ptr<T>();
      const T* gs = g.template ptr<T>();
      W* s0 = slot.s0.defined() ? slot.s0.template ptr<W>() : nullptr;
      W* s1 = slot.s1.defined() ? slot.s1.template ptr<W>() : nullptr;
      for (int64_t i = 0; i < slot.p.numel(); i++) {
        W p = ps[i], absent0 = 0, absent1 = 0;
        step(p, W(gs[i]), s0 ? s0[i] : absent0, s1 ? s1[i] : absent1);
        ps[i] = static_cast<T>(p);
      }
    });
  }
}

}  // namespace

void ReferenceBackend::sgd_step(std::span<OptimSlot> slots, const SgdStep& s) {
  for_each_weight(slots, [&](auto& p, auto g, auto& s0, auto&) {
    using W = decltype(g);
    g = plus_decay(g, p, s.weight_decay);
    if (s.momentum != 0) {
      const W momentum = static_cast<W>(s.momentum);
      s0 = s.first ? g : momentum * s0 + static_cast<W>(1 - s.dampening) * g;
      g = s.nesterov ? g + momentum * s0 : s0;
    }
    p -= static_cast<W>(s.lr) * g;
  });
}

void ReferenceBackend::adam_step(std::span<OptimSlot> slots, const AdamStep& s) {
  for_each_weight(slots, [&](auto& p, auto g, auto& s0, auto& s1) {
    using W = decltype(g);
    if (s.decoupled) p *= static_cast<W>(1 - s.lr * s.weight_decay);
    else g = plus_decay(g, p, s.weight_decay);
    s0 += static_cast<W>(1 - s.beta1) * (g - s0);
    s1 = static_cast<W>(s.beta2) * s1 + static_cast<W>(1 - s.beta2) * g * g;
    if (s.nesterov) {
      const W d = std::sqrt(s1 / static_cast<W>(s.correction2)) + static_cast<W>(s.eps);
      p -= static_cast<W>(s.lr * (1 - s.mu) / (1 - s.mu_product)) * g / d;
      p -= static_cast<W>(s.lr * s.mu_next / (1 - s.mu_product * s.mu_next)) * s0 / d;
    } else {
      const W d = std::sqrt(s1) / static_cast<W>(std::sqrt(s.correction2)) + static_cast<W>(s.eps);
      p -= static_cast<W>(s.lr / s.correction1) * s0 / d;
    }
  });
}

void ReferenceBackend::rmsprop_step(std::span<OptimSlot> slots, const RmspropStep& s) {
  for_each_weight(slots, [&](auto& p, auto g, auto& s0, auto& s1) {
    using W = decltype(g);
    g = plus_decay(g, p, s.weight_decay);
    s0 = static_cast<W>(s.alpha) * s0 + static_cast<W>(1 - s.alpha) * g * g;
    W u = g / (std::sqrt(s0) + static_cast<W>(s.eps));
    if (s.momentum != 0) u = s1 = static_cast<W>(s.momentum) * s1 + u;
    p -= static_cast<W>(s.lr) * u;
  });
}

void ReferenceBackend::adagrad_step(std::span<OptimSlot> slots, const AdagradStep& s) {
  for_each_weight(slots, [&](auto& p, auto g, auto& s0, auto&) {
    using W = decltype(g);
    g = plus_decay(g, p, s.weight_decay);
    s0 += g * g;
    p -= static_cast<W>(s.lr) * g / (std::sqrt(s0) + static_cast<W>(s.eps));
  });
}

void ReferenceBackend::ema_step(std::span<OptimSlot> slots, double decay) {
  for_each_weight(slots, [&](auto& p, auto g, auto&, auto&) {
    using W = decltype(g);
    p = static_cast<W>(decay) * p + static_cast<W>(1 - decay) * g;
  });
}

void ReferenceBackend::scale(std::span<Array> xs, double factor) {
  for (Array& x : xs) {
    if (!is_floating(x.dtype())) unsupported("scale", "a factor", x.dtype());
    visit_floating(x.dtype(), [&](auto tag) {
      using T = decltype(tag);
      using W = Wide<T>;
      map<T, T>(x, x, [=](W v) { return v * static_cast<W>(factor); });
    });
  }
}

void ReferenceBackend::clamp(std::span<Array> xs, double low, double high) {
  for (Array& x : xs) ReferenceBackend::unary(Unary::clamp, x, low, high, x);
}

}  // namespace cairn
