// Types of mixed operands (the table stands in tensor/dtype.h) and numbers written in C++.
#pragma once

#include <cairn/tensor/tensor.h>

namespace cairn {

// The type of a op b. A weak number only lifts the category: x_bf16 * 2.5 is bf16, x_i64 * 2.5 is f32.
DType common_dtype(const Tensor& a, const Tensor& b);
// x as that type: itself when it has it, a new number when x is weak (DtypeError when it does not fit: x_u8 < 300),
// otherwise cast(x), through which gradients flow.
Tensor to_dtype(const Tensor& x, DType dtype);
struct Operands {
  Tensor a, b;
};
Operands to_promoted(const Tensor& a, const Tensor& b);
// For functions that leave the integers: x itself when it is floating, otherwise x in f32.
Tensor to_floating(const Tensor& x);
// bool has no negative, difference or power: DtypeError with the way out.
void refuse_bool(const char* op, const Tensor& x);

}  // namespace cairn
