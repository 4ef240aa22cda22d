// The geometry of an image convolution. Index 0 is vertical, 1 horizontal.
//
//   x [N, C, H, W]   w [O, C / groups, KH, KW]   y [N, O, OH, OW]
//   OH = (H + before + after - dilation (KH - 1) - 1) / stride + 1                        (rounded down; OW alike)
//   y[n, o, p, q] = bias[o] + sum over c, i, j of w[o, c, i, j] x[n, c', p stride + i dilation - before, q stride + ...]
//   where c' = c in the group of o, and x is 0 outside.
#pragma once

#include <cairn/tensor/shape.h>

namespace cairn {

struct ConvGeometry {
  int64_t stride[2] = {1, 1}, dilation[2] = {1, 1};
  int64_t before[2] = {0, 0}, after[2] = {0, 0};  // padding above, left; below, right
  int64_t groups = 1;
};

enum class ConvPass : uint8_t { forward, grad_input, grad_weight };

// Size of y along one axis; below 1: the input is too small.
inline int64_t conv_output(int64_t size, int64_t kernel, const ConvGeometry& g, int axis) {
  const int64_t room = size + g.before[axis] + g.after[axis] - g.dilation[axis] * (kernel - 1) - 1;
  return room < 0 ? 0 : room / g.stride[axis] + 1;
}

// Which ways of computing a convolution may be chosen. direct: none that trades rounding errors for fewer multiplications (Winograd),
// for comparisons. winograd: our own (cpu/winograd.h) wherever it can be, even where oneDNN has one or it is slower. The start is
// CAIRN_CONV_PLAN ("auto", "direct" or "winograd"), else automatic; another value of it is a ConfigError.
enum class ConvPlans : uint8_t { automatic, direct, winograd };
ConvPlans conv_plans();
void set_conv_plans(ConvPlans plans);  // for the whole process, from the next convolution on

// Multiplications and additions of one pass, 2 each.
inline int64_t conv_flops(const Shape& y, const Shape& w) { return 2 * y.numel() * w[1] * w[2] * w[3]; }

}  // namespace cairn
