// The adjoint of a slice: the gradient of every op that takes a window.
#pragma once

#include <cairn/ops/shape/view.h>

namespace cairn {

// Zeros of x's shape with `size` at `axis`, and x in the window of that axis (w.length is x's size there).
Tensor embed(const Tensor& x, int axis, int64_t size, Window w);

}  // namespace cairn
