// Convolutions of bf16 images: which of them are computed in bf16, and which in f32 between two conversions.
#pragma once

#include <cairn/backend/backend.h>
#include <cairn/backend/conv.h>

namespace cairn::cpu {

// Is this pass of bf16 images computed in f32? (conv_mixed.cpp has the rule.)
bool widened(ConvPass pass, const Shape& x, const Shape& w, const Shape& y, const ConvGeometry& g);

// The passes of backend.h, by those of `backend` in f32: images are widened in the layout that they have, results rounded once.
void widened_conv2d(Backend& backend, const Array& x, const Array& w, const Array& bias, const ConvGeometry& g, bool relu, Array& y);
void widened_grad_input(Backend& backend, const Array& dy, const Array& w, const ConvGeometry& g, Array& dx);
void widened_grad_weight(Backend& backend, const Array& x, const Array& dy, const ConvGeometry& g, Array& dw, Array& dbias);

}  // namespace cairn::cpu
