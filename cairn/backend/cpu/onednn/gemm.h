// Matrix products by oneDNN: y = a b (+ y), row-major, with transposes read in place.
#pragma once

#include <string>

#include <cairn/tensor/array.h>

namespace cairn::onednn {

// y [..., m, n] = a [..., m, k] b [..., k, n], plus what y holds when `accumulate`. a and b: one type of f32 and bf16, any strides
// (a copy is made only of those that have no unit stride in either of the last two axes), batch axes equal or of stride 0.
// y: row-major, of the same type, or f32 for bf16. Sums are f32.
void matmul(const Array& a, const Array& b, Array& y, bool accumulate);

// "oneDNN 2.6.3, isa avx512_core_bf16"
std::string describe();

}  // namespace cairn::onednn
