// The three passes of a convolution as ops. Each is linear in both of its inputs, and their gradients are the passes themselves:
//
//   y  = conv2d(x, w)                      dx = conv2d_grad_input(dy, w)        dw = conv2d_grad_weight(x, dy)
//   x' = conv2d_grad_input(v, w)           dv = conv2d(dx', w)                  dw = conv2d_grad_weight(dx', v)
//   w' = conv2d_grad_weight(x, v)          dx = conv2d_grad_input(v, dw')       dv = conv2d(x, dw')
#pragma once

#include <cairn/backend/conv.h>
#include <cairn/ops/call.h>

namespace cairn {

// Shapes are the caller's to check; the passes check types only: a weight has its images' type, or is f32 beside 16-bit ones, and gets its gradient
// in that type.
Tensor convolve(const Tensor& x, const Tensor& w, const Tensor& bias, const ConvGeometry& g);                               // y
Tensor convolve_grad_input(const Tensor& dy, const Tensor& w, const ConvGeometry& g, int64_t height, int64_t width);        // dx
std::vector<Tensor> convolve_grad_weight(const Tensor& x, const Tensor& dy, const ConvGeometry& g, int64_t kh, int64_t kw,  // dw
                                         bool bias, bool wide);                                                             // and dbias; wide: f32

// The geometry as a call's attributes, and back.
struct GeometryAttributes {
  Shape stride, padding, dilation;  // padding: above, left, below, right
  int64_t groups;
  explicit GeometryAttributes(const ConvGeometry& g)
      : stride{g.stride[0], g.stride[1]},
        padding{g.before[0], g.before[1], g.after[0], g.after[1]},
        dilation{g.dilation[0], g.dilation[1]},
        groups(g.groups) {}
};
ConvGeometry geometry_of(const Attributes& a);

// [N, O, OH, OW]; and for OpInfo, of inputs x and w: the FLOPs, and what the forward pass is done by.
Shape conv_result(const Shape& x, const Shape& w, const ConvGeometry& g);
int64_t conv2d_flops(const std::vector<Shape>& in, const Attributes& a);
std::string conv2d_plan(const std::vector<Shape>& in, DType dtype, const Attributes& a);

}  // namespace cairn
