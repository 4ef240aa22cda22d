// Convolutions of 3 x 3 by Winograd's F(4x4, 3x3): f32, stride 1, dilation 1, one group, padding 0 to 2. winograd.cpp explains the maths.
#pragma once

#include <cairn/backend/conv.h>
#include <cairn/tensor/layout.h>

namespace cairn::cpu {

// Can the pass be computed so, with images in this layout?
bool winograd_fits(const Shape& x, const Shape& w, DType dtype, const ConvGeometry& g, Layout layout);
// Is it faster than a direct convolution, by its shape and the instruction set's blocks alone? And where oneDNN has a Winograd, too: is that
// one faster still?
bool winograd_pays(ConvPass pass, const Shape& w, const Shape& y, Layout layout);
bool winograd_of_onednn_is_faster(const Shape& w, const Shape& y);

// The passes of backend.h but for the gradient of the bias. Images blocked as `layout`; others are converted.
void winograd_conv2d(const Array& x, const Array& w, const Array& bias, const ConvGeometry& g, bool relu, Layout layout, Array& y);
void winograd_grad_input(const Array& dy, const Array& w, const ConvGeometry& g, Layout layout, Array& dx);
void winograd_grad_weight(const Array& x, const Array& dy, const ConvGeometry& g, Layout layout, Array& dw);

// ---- the loops (Highway, winograd_loops.cpp)

// Images blocked by channels, or some neighbouring blocks of each.
struct WinogradImages {
  float* data;
  int64_t block, blocks, H, W;  // channels in a block, blocks, pixels
  int64_t step;                 // from image to image
};
// A picture is cut into rows x columns squares, four pixels apart, the first one (top, left) pixels outside of it.
struct WinogradGrid {
  int64_t rows, columns, top, left;
};
// 36 matrices, one for each point: tile t and channel c of point p stand at data[p * matrix + t * row + c].
struct WinogradMatrices {
  float* data;
  int64_t matrix, row;
};

// Tiles first .. last - 1 (of all images) into rows 0, 1, ...: B^T d B of 6 x 6 pixels; A e A^T of 4 x 4 pixels.
void winograd_from_pixels(const WinogradImages& x, const WinogradGrid& grid, int64_t first, int64_t last, const WinogradMatrices& V);
void winograd_from_gradients(const WinogradImages& dy, const WinogradGrid& grid, int64_t first, int64_t last, const WinogradMatrices& E);
// And back: A^T m A (+ bias, relu), the channels of y's blocks being the columns 0, 1, ... of M.
void winograd_to_pixels(const WinogradMatrices& M, const WinogradGrid& grid, int64_t first, int64_t last, const float* bias, bool relu,
                        const WinogradImages& y);

// G g G^T of a panel of `width` outputs (16 or 32; those from `outputs` on are zeros) into U[p * matrix + c * width + o].
// Element k of the filter from input c to output o is w[o * output_step + c * input_step + k], or 8 - k for turned filters.
void winograd_from_filters(const float* w, int64_t output_step, int64_t input_step, bool turned, int64_t outputs, int64_t C, int64_t width, float* U,
                           int64_t matrix);
// And back, for one input c: G^T u G, u being row c of each matrix, summed over `parts` of them that lie `part` elements apart.
// dw[o * output_step + k]
void winograd_to_filters(const WinogradMatrices& u, int64_t parts, int64_t part, int64_t c, int64_t O, float* dw, int64_t output_step);

// y[i][j] (+)= sum over k of a[i * a_row + k * a_step] b[k * b_step + j]      i < m, even   j < n = 16 or 32
void winograd_product(int64_t m, int64_t n, int64_t k, const float* a, int64_t a_row, int64_t a_step, const float* b, int64_t b_step, float* y,
                      int64_t y_row, bool accumulate);

}  // namespace cairn::cpu
