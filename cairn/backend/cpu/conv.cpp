// Convolutions: f32 and bf16 by oneDNN (onednn/conv.cpp has the plans) but for few channels (conv_few.cpp); the rest is the reference's.
// Some of bf16 are computed in f32 (conv_mixed.cpp).
#include <cairn/backend/cpu/conv_few.h>
#include <cairn/backend/cpu/conv_mixed.h>
#include <cairn/backend/cpu/cpu_backend.h>
#include <cairn/backend/cpu/loops.h>
#include <cairn/backend/cpu/onednn/conv.h>
#include <cairn/backend/cpu/onednn/conv_patches.h>
#include <cairn/backend/cpu/onednn/conv_tiles.h>
#include <cairn/backend/cpu/winograd.h>

namespace cairn {

using namespace cpu;

namespace {

// Images of no pixels, or of no images: sums of nothing.
bool empty(const Array& x, const Array& y) { return x.numel() == 0 || y.numel() == 0; }

// The reference fills row-major arrays only.
template <class F> void by_reference(Array& y, F f) {
  if (!y.blocked()) return f(y);
  Array plain(y.shape(), y.dtype());
  f(plain);
  assign(plain, y);
}

// Is the pass computed by our own Winograd? A rule of shapes and instruction sets.
bool by_winograd(ConvPass pass, const Shape& x, const Shape& w, const Shape& y, DType dtype, const ConvGeometry& g) {
  const ConvPlans plans = conv_plans();
  const Layout layout = onednn::widest_layout();
  if (plans == ConvPlans::direct || !winograd_fits(x, w, dtype, g, layout)) return false;
  return plans == ConvPlans::winograd || (winograd_pays(pass, w, y, layout) && !(onednn::has_winograd() && winograd_of_onednn_is_faster(w, y)));
}

// dbias[o] = the sum of dy over all pixels of all images.
void sum_of_pixels(Backend& backend, const Array& dy, Array& dbias) {
  Array total = dbias.reshaped({1, dy.size(1), 1, 1});
  if (dy.dtype() != f32) {
    Array wide = array_like(dy, f32);
    assign(dy, wide);
    return sum_of_pixels(backend, wide, dbias);
  }
  if (!dy.blocked()) return backend.reduce(Reduce::sum, dy, 0b1101, total);
  const int64_t B = block_of(dy.layout()), blocks = (dy.size(1) + B - 1) / B;
  Array sums({1, blocks, 1, B});
  backend.reduce(Reduce::sum, dy.lanes().reshaped({dy.size(0), blocks, dy.size(2) * dy.size(3), B}), 0b0101, sums);
  backend.copy(sums.reshaped({1, blocks * B, 1, 1}).sliced(1, 0, dy.size(1)), total);
}

}  // namespace

bool CpuBackend::has_bf16() const { return onednn::has_bf16(); }

// Few channels would leave most of a block empty; and small nets, whose few channels the lines of conv_few.cpp compute, stay row-major
// until there are more than one block of them.
Layout CpuBackend::conv2d_layout(ConvPass pass, const Shape& x, const Shape& w, const Shape& y, DType dtype, const ConvGeometry& g) {
  const int64_t channels = pass == ConvPass::forward ? y[1] : x[1];
  if (channels < 16 || (dtype != f32 && dtype != bf16)) return Layout::strided;
  const bool tiles = dtype == bf16 && onednn::has_tiles();
  if (channels == 16 && x[1] > 3 && !tiles && few_channels(pass, x, w, y, dtype, g)) return Layout::strided;
  return onednn::widest_layout();
}

std::string CpuBackend::conv2d_plan(ConvPass pass, const Shape& x, const Shape& w, const Shape& y, DType dtype, const ConvGeometry& g) {
  if ((dtype != f32 && dtype != bf16) || x.numel() == 0 || y.numel() == 0) return ReferenceBackend::conv2d_plan(pass, x, w, y, dtype, g);
  if (dtype == bf16 && onednn::by_patches(pass, x, w, y, g)) return "patches in tiles: " + onednn::described(x, w, y, g);
  if (dtype == bf16)
    if (const std::string tiles = onednn::tiled_plan(pass, x, w, y, g); !tiles.empty()) return tiles;
  if (dtype == bf16 && widened(pass, x, w, y, g)) return "in f32: " + conv2d_plan(pass, x, w, y, f32, g);
  if (few_channels(pass, x, w, y, dtype, g) && !(pass == ConvPass::forward && x[1] <= 3 && y[1] >= 16))
    return "lines: " + onednn::described(x, w, y, g) + "; too few channels for blocks of them";
  if (by_winograd(pass, x, w, y, dtype, g)) return "Winograd F(4x4,3x3), our own: " + onednn::described(x, w, y, g);
  return onednn::conv_plan(pass, x, w, y, dtype, g);
}

void CpuBackend::conv2d(const Array& x, const Array& w, const Array& bias, const ConvGeometry& g, bool relu, Array& y) {
  if (!fast(x) || empty(x, y)) return by_reference(y, [&](Array& to) { ReferenceBackend::conv2d(x, w, bias, g, relu, to); });
  if (x.dtype() == bf16 && !bias.defined() && !relu && onednn::by_patches(ConvPass::forward, x.shape(), w.shape(), y.shape(), g))
    return onednn::patched_conv2d(x, w, g, y);
  if (x.dtype() == bf16 && onednn::tiled_conv2d(x, w, bias, g, relu, y)) return;
  if (x.dtype() == bf16 && widened(ConvPass::forward, x.shape(), w.shape(), y.shape(), g)) return widened_conv2d(*this, x, w, bias, g, relu, y);
  if (few_channels(ConvPass::forward, x.shape(), w.shape(), y.shape(), x.dtype(), g) && !(y.blocked() && x.size(1) <= 3))
    return few_conv2d(x, w, bias, g, relu, y);
  if (by_winograd(ConvPass::forward, x.shape(), w.shape(), y.shape(), x.dtype(), g))
    return winograd_conv2d(x, w, bias, g, relu, onednn::widest_layout(), y);
  onednn::conv2d(x, w, bias, g, relu, y);
}

void CpuBackend::conv2d_grad_input(const Array& dy, const Array& w, const ConvGeometry& g, Array& dx) {
  if (!fast(dy) || empty(dx, dy)) return by_reference(dx, [&](Array& to) { ReferenceBackend::conv2d_grad_input(dy, w, g, to); });
  if (dy.dtype() == bf16 && onednn::by_patches(ConvPass::grad_input, dx.shape(), w.shape(), dy.shape(), g))
    return onednn::patched_grad_input(dy, w, g, dx);
  if (dy.dtype() == bf16 && onednn::tiled_grad_input(dy, w, g, dx)) return;
  if (dy.dtype() == bf16 && widened(ConvPass::grad_input, dx.shape(), w.shape(), dy.shape(), g)) return widened_grad_input(*this, dy, w, g, dx);
  if (few_channels(ConvPass::grad_input, dx.shape(), w.shape(), dy.shape(), dy.dtype(), g)) return few_conv2d_grad_input(dy, w, g, dx);
  if (by_winograd(ConvPass::grad_input, dx.shape(), w.shape(), dy.shape(), dy.dtype(), g))
    return winograd_grad_input(dy, w, g, onednn::widest_layout(), dx);
  onednn::conv2d_grad_input(dy, w, g, dx);
}

void CpuBackend::conv2d_grad_weight(const Array& x, const Array& dy, const ConvGeometry& g, Array& dw, Array& dbias) {
  if (!fast(x) || empty(x, dy)) return ReferenceBackend::conv2d_grad_weight(x, dy, g, dw, dbias);
  if (x.dtype() == bf16 && onednn::by_patches(ConvPass::grad_weight, x.shape(), dw.shape(), dy.shape(), g)) {
    onednn::patched_grad_weight(x, dy, g, dw);
    if (dbias.defined()) sum_of_pixels(*this, dy, dbias);
    return;
  }
  if (x.dtype() == bf16 && onednn::tiled_grad_weight(x, dy, g, dw, dbias)) return;
  if (x.dtype() == bf16 && widened(ConvPass::grad_weight, x.shape(), dw.shape(), dy.shape(), g))
    return widened_grad_weight(*this, x, dy, g, dw, dbias);
  if (few_channels(ConvPass::grad_weight, x.shape(), dw.shape(), dy.shape(), x.dtype(), g)) return few_conv2d_grad_weight(x, dy, g, dw, dbias);
  if (by_winograd(ConvPass::grad_weight, x.shape(), dw.shape(), dy.shape(), x.dtype(), g)) {
    winograd_grad_weight(x, dy, g, onednn::widest_layout(), dw);
    if (dbias.defined()) sum_of_pixels(*this, dy, dbias);
    return;
  }
  onednn::conv2d_grad_weight(x, dy, g, dw, dbias);
}

}  // namespace cairn
