// Rows of numbers to f32, y = (x - centre) * scale, in one pass: what turns stored pixels into a model's input. A difference and a product,
// not one fused operation: the bits are the same on every machine.
#pragma once

#include <cstdint>

namespace cairn::detail {

void affine_row(const uint8_t* x, float* y, int64_t n, float centre, float scale);
void affine_row(const float* x, float* y, int64_t n, float centre, float scale);

}  // namespace cairn::detail
