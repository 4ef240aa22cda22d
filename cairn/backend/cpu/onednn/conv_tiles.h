// Convolutions of bf16 images on CPUs that multiply matrices of 16 x 32 numbers at a time, "tiles" (AMX).
#pragma once

#include <string>

#include <cairn/backend/conv.h>
#include <cairn/tensor/array.h>

namespace cairn::onednn {

bool has_tiles();  // has this CPU tiles, may we use them, and does oneDNN know them?

// The passes of backend.h for bf16 images. False, and nothing done, for what tiles do not suit (conv_tiles.cpp has the rule).
bool tiled_conv2d(const Array& x, const Array& w, const Array& bias, const ConvGeometry& g, bool relu, Array& y);
bool tiled_grad_input(const Array& dy, const Array& w, const ConvGeometry& g, Array& dx);
bool tiled_grad_weight(const Array& x, const Array& dy, const ConvGeometry& g, Array& dw, Array& dbias);

// What such a pass is done by (backend.h); empty where tiles do not suit.
std::string tiled_plan(ConvPass pass, const Shape& x, const Shape& w, const Shape& y, const ConvGeometry& g);

}  // namespace cairn::onednn
