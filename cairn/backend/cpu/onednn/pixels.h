// Images of bf16 with all channels of a pixel side by side, [N, H, W, C]: what matrix tiles are fed with, some images at a time.
#pragma once

#include <cairn/tensor/layout.h>

namespace cairn::onednn {

// The form in which images are handed to take_pixels: blocked by 16, or (fewer channels) row-major. A copy where they lie otherwise.
Array in_blocks(const Array& x);
// `count` images of it from `first` on into [images, H, W, C]; what is left of `images` are zeros.
void take_pixels(const Array& x, int64_t first, int64_t count, int64_t images, bf16_t* to);

// Where pixels are put: y itself if it lies in blocks of 16, else an array that bring() takes to y in the end.
Array result_for(const Array& y);
void put_pixels(const bf16_t* from, int64_t first, int64_t count, Array& y);
void bring(const Array& from, Array& y);

}  // namespace cairn::onednn
