// The number of an axis, as ops along one take it.
#pragma once

#include <cairn/tensor/tensor.h>

namespace cairn {

// From 0 on; negative ones count from the end. IndexError with x's shape and the numbers that there are. more: axes that the result has
// beyond those of x, where a new one is named.
int axis_in(const char* op, const Tensor& x, int axis, int more = 0);

}  // namespace cairn
