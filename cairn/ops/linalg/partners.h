// What matrix products share.
#pragma once

#include <span>

#include <cairn/ops/call.h>

namespace cairn {

// [..., m, n] -> [...], and back with another matrix.
inline Shape batch_of(const Shape& matrix) { return Shape(std::span<const int64_t>(matrix.begin(), size_t(matrix.rank() - 2))); }
inline Shape with_matrix(Shape batch, int64_t rows, int64_t columns) {
  batch.push_back(rows);
  batch.push_back(columns);
  return batch;
}

// What a product saves: for the gradient of one factor, the other one, and only where that gradient is wanted.
inline Call::Saved save_partners(const Call& op) {
  Call::Saved saved;
  if (op.needs(0)) saved.inputs |= 1u << 1;
  if (op.needs(1)) saved.inputs |= 1u << 0;
  return saved;
}

// a b of bf16 matrices as f32, unrounded: gradients of f32 weights.
Tensor matmul_to_f32(const Tensor& a, const Tensor& b);

}  // namespace cairn
