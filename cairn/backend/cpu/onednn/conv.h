// Convolutions by oneDNN (f32 and bf16), in the layout that is fastest.
#pragma once

#include <string>

#include <cairn/backend/conv.h>
#include <cairn/tensor/layout.h>

namespace cairn::onednn {

// The passes of backend.h. Images with 16 channels or more lie blocked, others row-major (what does not is converted, which costs); w, dw: row-major.
// bf16 only where has_bf16(); w, bias, dw and dbias may be f32 beside it.
void conv2d(const Array& x, const Array& w, const Array& bias, const ConvGeometry& g, bool relu, Array& y);
void conv2d_grad_input(const Array& dy, const Array& w, const ConvGeometry& g, Array& dx);
void conv2d_grad_weight(const Array& x, const Array& dy, const ConvGeometry& g, Array& dw, Array& dbias);

bool has_bf16();      // does this CPU multiply bf16, and faster than f32?
bool has_winograd();  // does this oneDNN know Winograd's algorithm on this CPU?
// Has oneDNN a kernel for such a pass (and not only plain loops, or patches of the image as a matrix)?
bool has_direct(ConvPass pass, const Shape& x, const Shape& w, const Shape& y, DType dtype, const ConvGeometry& g);
Layout widest_layout();  // nChw16c with AVX-512, nChw8c with AVX2, else strided

// "3x3, stride 1, 64 to 64 channels, 32x32"
std::string described(const Shape& x, const Shape& w, const Shape& y, const ConvGeometry& g);
// What a pass is done by, and why (backend.h).
std::string conv_plan(ConvPass pass, const Shape& x, const Shape& w, const Shape& y, DType dtype, const ConvGeometry& g);

}  // namespace cairn::onednn
