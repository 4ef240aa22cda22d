// How shapes are worked out and how a reshape looks on the same storage: plain arithmetic on sizes and strides, no gradients.
#pragma once

#include <optional>

#include <cairn/tensor/tensor.h>

namespace cairn {

// x in another shape of as many elements, on the same storage; nothing when the strides do not allow it.
std::optional<Array> view_as(const Array& x, const Shape& shape);
// The same, copying where a view is impossible.
Array reshaped_or_copied(const Array& x, const Shape& shape);
// `wanted` with its -1 worked out. ShapeError unless it has as many elements as x.
Shape resolve_shape(const char* op, const Tensor& x, const Shape& wanted);

// A window of an axis: elements start, start + step, ... (`length` of them).
struct Window {
  int64_t start = 0, length = 0, step = 1;
};
Window resolve_slice(const char* op, Slice s, int64_t size);  // Python's rules; ConfigError when step is 0
Slice slice_of(Window w);                                     // the way back

}  // namespace cairn
