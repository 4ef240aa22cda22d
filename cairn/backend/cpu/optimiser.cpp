// Optimiser steps: all f32 tensors of a group are laid end to end in thought and shared out among the threads, so that a model of
// many small tensors costs no more than one large one. bf16 weights go through f32 in blocks; f64 is the reference's.
#include <vector>

#include <cairn/backend/cpu/cpu_backend.h>
#include <cairn/backend/cpu/loops.h>
#include <cairn/backend/cpu/optimiser_loops.h>
#include <cairn/base/subnormals.h>

namespace cairn {

using namespace cpu;

namespace {

// Seven streams of memory a weight (Adam): a second core brings a second cache, so shares are small.
constexpr int64_t optimiser_grain = 32768;

bool has_fast_step(const OptimSlot& s) {
  return fast(s.p) && fast(s.g) && s.p.contiguous() && s.g.contiguous() && (!s.s0.defined() || s.s0.dtype() == f32) &&
         (!s.s1.defined() || s.s1.dtype() == f32);
}

// Elements [at, at + n) of a slot. bf16 parts are brought to f32 and, for the weights, back.
template <class Loop> void step_part(const OptimSlot& slot, int64_t at, int64_t n, Loop& loop) {
  float* s0 = slot.s0.defined() ? slot.s0.ptr<float>() + at : nullptr;
  float* s1 = slot.s1.defined() ? slot.s1.ptr<float>() + at : nullptr;
  if (slot.p.dtype() == f32 && slot.g.dtype() == f32) return loop(SlotPointers{slot.p.ptr<float>() + at, slot.g.ptr<float>() + at, s0, s1}, n);
  alignas(64) float p[block_size], g[block_size];
  const Feed feed(slot.g.dtype(), 1, Feed::single);
  for (int64_t i = 0; i < n; i += block_size) {
    const int64_t m = std::min(block_size, n - i);
    SlotPointers x{p, feed.take(slot.g.ptr<std::byte>(), at + i, m, g), s0 ? s0 + i : nullptr, s1 ? s1 + i : nullptr};
    if (slot.p.dtype() == f32) {
      x.p = slot.p.ptr<float>() + at + i;
      loop(x, m);
    } else {
      // A gradient in f32 is rounded to the weights' type first, as the reference has it.
      if (slot.g.dtype() == f32) {
        for (int64_t j = 0; j < m; j++) g[j] = bf16_t(x.g[j]);
        x.g = g;
      }
      bf16_t* weights = slot.p.ptr<bf16_t>() + at + i;
      widen_loop(weights, p, m);
      loop(x, m);
      narrow_loop(p, weights, m);
    }
  }
}

// Runs loop over all slots; slots without a fast step come back.
template <class Loop> std::vector<OptimSlot> step_all(std::span<OptimSlot> slots, Loop loop) {
  std::vector<OptimSlot> rest;
  std::vector<const OptimSlot*> quick;
  std::vector<int64_t> start{0};  // where each slot begins, laid end to end
  for (OptimSlot& s : slots) {
    if (!has_fast_step(s)) {
      rest.push_back(s);
      continue;
    }
    quick.push_back(&s);
    start.push_back(start.back() + s.p.numel());
  }
  parallel_for(start.back(), optimiser_grain, [&](int64_t begin, int64_t end) {
    const FlushSubnormals flush;
    size_t i = size_t(std::upper_bound(start.begin(), start.end(), begin) - start.begin()) - 1;
    while (begin < end) {
      const int64_t stop = std::min(end, start[i + 1]);
      if (stop > begin) step_part(*quick[i], begin - start[i], stop - begin, loop);
      begin = stop;
      i++;
    }
  });
  return rest;
}

}  // namespace

void CpuBackend::sgd_step(std::span<OptimSlot> slots, const SgdStep& s) {
  std::vector<OptimSlot> rest = step_all(slots, [&](const SlotPointers& x, int64_t n) { sgd_loop(x, n, s); });
  ReferenceBackend::sgd_step(rest, s);
}
void CpuBackend::adam_step(std::span<OptimSlot> slots, const AdamStep& s) {
  std::vector<OptimSlot> rest = step_all(slots, [&](const SlotPointers& x, int64_t n) { adam_loop(x, n, s); });
  ReferenceBackend::adam_step(rest, s);
}
void CpuBackend::rmsprop_step(std::span<OptimSlot> slots, const RmspropStep& s) {
  std::vector<OptimSlot> rest = step_all(slots, [&](const SlotPointers& x, int64_t n) { rmsprop_loop(x, n, s); });
  ReferenceBackend::rmsprop_step(rest, s);
}
void CpuBackend::adagrad_step(std::span<OptimSlot> slots, const AdagradStep& s) {
  std::vector<OptimSlot> rest = step_all(slots, [&](const SlotPointers& x, int64_t n) { adagrad_loop(x, n, s); });
  ReferenceBackend::adagrad_step(rest, s);
}
void CpuBackend::ema_step(std::span<OptimSlot> slots, double decay) {
  std::vector<OptimSlot> rest = step_all(slots, [&](const SlotPointers& x, int64_t n) { ema_loop(x, n, decay); });
  ReferenceBackend::ema_step(rest, decay);
}

void CpuBackend::scale(std::span<Array> xs, double factor) {
  for (Array& x : xs) {
    if (x.dtype() != f32 || !x.contiguous()) ReferenceBackend::scale({&x, 1}, factor);
    else parallel_for(x.numel(), cheap_grain, [&](int64_t begin, int64_t end) { scale_loop(x.ptr<float>() + begin, end - begin, float(factor)); });
  }
}
void CpuBackend::clamp(std::span<Array> xs, double low, double high) {
  for (Array& x : xs) {
    if (x.contiguous()) unary(Unary::clamp, x, low, high, x);
    else ReferenceBackend::clamp({&x, 1}, low, high);
  }
}

}  // namespace cairn
