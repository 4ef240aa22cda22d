// Convolutions of few channels (the first layers of small nets), for which oneDNN has no good way: stride 1, dilation 1, one group, f32.
#pragma once

#include <cairn/backend/conv.h>
#include <cairn/tensor/array.h>

namespace cairn::cpu {

// Is the pass one of those? Channels: of the image that is read (forward, grad_weight), of dy for grad_input.
bool few_channels(ConvPass pass, const Shape& x, const Shape& w, const Shape& y, DType dtype, const ConvGeometry& g);

// The passes of backend.h. Images in any layout.
void few_conv2d(const Array& x, const Array& w, const Array& bias, const ConvGeometry& g, bool relu, Array& y);
void few_conv2d_grad_input(const Array& dy, const Array& w, const ConvGeometry& g, Array& dx);
void few_conv2d_grad_weight(const Array& x, const Array& dy, const ConvGeometry& g, Array& dw, Array& dbias);

// The loops (Highway). An image's rows are laid out one after the other with their padding between them, so that all of it is one line
// of T places and the pixel under filter element k stands offset[k] places further on, whatever the row:
//   y[o][t] = sum over k of w[o * K + k] x[offset[k] + t]                  t = 0 .. T - 1, a multiple of 16; x is readable 16 places beyond
void few_forward(const float* x, const int64_t* offset, int64_t K, const float* w, int64_t O, float* y, int64_t T);
//   dw[o * K + k] += sum over t of dy[o][t] x[offset[k] + t]
void few_grad_weight(const float* x, const int64_t* offset, int64_t K, const float* dy, int64_t O, float* dw, int64_t T);

}  // namespace cairn::cpu
