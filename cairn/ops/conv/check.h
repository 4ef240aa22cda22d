// What conv2d and conv_transpose2d (and their one-dimensional forms) check before anything runs.
#pragma once

#include <cairn/backend/conv.h>
#include <cairn/ops/call.h>
#include <cairn/ops/ops.h>

namespace cairn {

// `axes`: 2 for images, 1 for lines. Ranks, floating types, the options' ranges.
void check_convolution(const char* op, int axes, const Tensor& x, const Tensor& w, const Tensor& bias, int64_t outputs, Size2 stride, Size2 padding,
                       Size2 dilation, int64_t groups);
// The geometry of these options, the same padding on both sides; a line is an image of height 1, its numbers the heights.
ConvGeometry geometry(int axes, Size2 stride, Size2 padding, Size2 dilation, int64_t groups);
std::string text(Size2 p, int axes);  // "2" or "2x3"

}  // namespace cairn
