// Rows of numbers to f32, y = x * scale + shift, in one pass: what turns stored pixels into a model's input.
#pragma once

#include <cstdint>

namespace cairn::detail {

void affine_row(const uint8_t* x, float* y, int64_t n, float scale, float shift);
void affine_row(const float* x, float* y, int64_t n, float scale, float shift);

}  // namespace cairn::detail
