// Convolutions of bf16 images as one product of matrices, in tiles (conv_tiles.h), for the shapes to which oneDNN's convolutions do not suit.
#pragma once

#include <cairn/backend/conv.h>
#include <cairn/tensor/array.h>

namespace cairn::onednn {

// Does such a pass go by patches? conv_patches.cpp has the rule.
bool by_patches(ConvPass pass, const Shape& x, const Shape& w, const Shape& y, const ConvGeometry& g);

// The passes of backend.h, for what by_patches() says; without bias.
void patched_conv2d(const Array& x, const Array& w, const ConvGeometry& g, Array& y);
void patched_grad_input(const Array& dy, const Array& w, const ConvGeometry& g, Array& dx);
void patched_grad_weight(const Array& x, const Array& dy, const ConvGeometry& g, Array& dw);

}  // namespace cairn::onednn
