// What a product saves: for the gradient of one factor, the other one, and only where that gradient is wanted.
#pragma once

#include <cairn/ops/call.h>

namespace cairn {

inline Call::Saved save_partners(const Call& op) {
  Call::Saved saved;
  if (op.needs(0)) saved.inputs |= 1u << 1;
  if (op.needs(1)) saved.inputs |= 1u << 0;
  return saved;
}

// a b of bf16 matrices as f32, unrounded: gradients of f32 weights.
Tensor matmul_to_f32(const Tensor& a, const Tensor& b);

}  // namespace cairn
