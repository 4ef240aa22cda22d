// The vector loops of the optimiser steps: n elements of p, g and the states, all f32, updated in place (formulas in backend.h).
#pragma once

#include <cstdint>

#include <cairn/backend/backend.h>

namespace cairn::cpu {

struct SlotPointers {
  float* p;
  const float* g;
  float *s0, *s1;
};  // absent states are null

void sgd_loop(const SlotPointers& x, int64_t n, const SgdStep& s);
void adam_loop(const SlotPointers& x, int64_t n, const AdamStep& s);
void rmsprop_loop(const SlotPointers& x, int64_t n, const RmspropStep& s);
void adagrad_loop(const SlotPointers& x, int64_t n, const AdagradStep& s);
void ema_loop(const SlotPointers& x, int64_t n, double decay);
void scale_loop(float* x, int64_t n, float factor);

}  // namespace cairn::cpu
