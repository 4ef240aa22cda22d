// Images of bf16 with all channels of a pixel side by side, [N, H, W, C]: what matrix tiles are fed with, some images at a time.
#pragma once

#include <array>

#include <cairn/tensor/layout.h>

namespace cairn::onednn {

constexpr int64_t part_bytes = 1 << 20;  // of the pixels that a thread holds at a time: half of the L2 cache of a core with tiles

// The form in which images are handed to take_pixels: blocked by 16, or (fewer channels) row-major. A copy where they lie otherwise.
Array in_blocks(const Array& x);
// Every step-th pixel of `count` of its images from `first` on into [images, ceil(H / step), ceil(W / step), C]; what is left of `images` are
// zeros.
using Step = std::array<int64_t, 2>;  // vertical, horizontal
void take_pixels(const Array& x, int64_t first, int64_t count, int64_t images, bf16_t* to, Step step = {1, 1});

// Into a y that is blocked by 16.
void put_pixels(const bf16_t* from, int64_t first, int64_t count, Array& y, Step step = {1, 1});  // the other pixels are zeros

}  // namespace cairn::onednn
