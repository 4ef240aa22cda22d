// Images blocked by channels: the layout in which convolutions are fastest.
//
//   N images   C channels   H x W pixels   B channels in a block (16 with AVX-512, 8 without)
//   strided    [N, C, H, W]                         a pixel's channels lie H W elements apart
//   blocked    [N, ceil(C / B), H, W, B]            B channels of a pixel lie side by side: one vector register
//
// Channels that fill up the last block are zeros, always; so only functions with f(0) = 0 may work on a blocked array as a whole.
// A blocked form exists only in fresh results of ops that asked for it. To everybody else the tensor is as any other: the first view
// of it or the first raw access adds the strided form beside the blocked one; a write drops the blocked one.
#pragma once

#include <cairn/tensor/array.h>

namespace cairn {

struct BlockedImages {
  Layout layout;
  Shape shape;  // [N, C, H, W]
  DType dtype;
  Ref<Storage> memory;  // flat
};

inline int64_t block_of(Layout l) { return l == Layout::nChw16c ? 16 : l == Layout::nChw8c ? 8 : 1; }  // B
int64_t blocked_numel(const Shape& shape, Layout l);                                                   // N ceil(C / B) H W B
const char* name_of(Layout l);                                                                         // "nChw16c"

// A fresh, uninitialised [N, C, H, W] that exists only blocked (or row-major, for Layout::strided). Whoever fills it fills its lanes(),
// the padding with zeros. ShapeError unless of rank 4 when blocked.
Array blocked_array(const Shape& shape, DType dtype, Layout layout);
Array array_like(const Array& x);                 // fresh, of x's shape, type and layout
Array array_like(const Array& x, DType dtype);    // of another type
Array to_blocked(const Array& x, Layout layout);  // a copy, blocked; counted as a conversion
void assign(const Array& x, Array& y);            // fills a fresh y of x's shape, whatever its layout and type

// How often whole activations were brought from one form into the other, and how many bytes of values that were, in this process.
struct LayoutConversions {
  uint64_t count = 0, bytes = 0;
};
LayoutConversions layout_conversions();

}  // namespace cairn
