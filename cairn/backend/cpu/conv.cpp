// Convolutions: f32 and bf16 by oneDNN (onednn/conv.cpp has the plans) but for few channels (conv_few.cpp); the rest is the reference's. A CPU that cannot multiply bf16
// computes it in f32 and rounds once, as the reference does.
#include <cairn/backend/cpu/conv_few.h>
#include <cairn/backend/cpu/cpu_backend.h>
#include <cairn/backend/cpu/loops.h>
#include <cairn/backend/cpu/onednn/conv.h>

namespace cairn {

using namespace cpu;

namespace {

bool in_f32(DType t) { return t == bf16 && !onednn::has_bf16(); }
Array wide(const Array& x) { return x.defined() ? cast_copy(x, f32) : x; }
// Images of no pixels, or of no images: sums of nothing.
bool empty(const Array& x, const Array& y) { return x.numel() == 0 || y.numel() == 0; }

// The reference fills row-major arrays only.
template <class F> void by_reference(Array& y, F f) {
  if (!y.blocked()) return f(y);
  Array plain(y.shape(), y.dtype());
  f(plain);
  assign(plain, y);
}

}  // namespace

// Few channels would leave most of a block empty; and small nets, whose few channels the lines of conv_few.cpp compute, stay row-major
// until there are more than one block of them.
Layout CpuBackend::conv2d_layout(ConvPass pass, const Shape& x, const Shape& w, const Shape& y, DType dtype, const ConvGeometry& g) {
  const int64_t channels = pass == ConvPass::forward ? y[1] : x[1];
  if (channels < 16 || (dtype != f32 && dtype != bf16)) return Layout::strided;
  if (channels == 16 && x[1] > 3 && few_channels(pass, x, w, y, dtype, g)) return Layout::strided;
  return onednn::widest_layout();
}

std::string CpuBackend::conv2d_plan(ConvPass pass, const Shape& x, const Shape& w, const Shape& y, DType dtype, const ConvGeometry& g) {
  if ((dtype != f32 && dtype != bf16) || x.numel() == 0 || y.numel() == 0) return ReferenceBackend::conv2d_plan(pass, x, w, y, dtype, g);
  if (few_channels(pass, x, w, y, dtype, g) && !(pass == ConvPass::forward && x[1] <= 3 && y[1] >= 16))
    return "lines: " + std::to_string(w[2]) + "x" + std::to_string(w[3]) + ", stride 1, " + std::to_string(x[1]) + " to " + std::to_string(y[1]) +
           " channels, " + std::to_string(x[2]) + "x" + std::to_string(x[3]) + "; too few channels for blocks of them";
  return onednn::conv_plan(pass, x, w, y, in_f32(dtype) ? f32 : dtype, g);
}

void CpuBackend::conv2d(const Array& x, const Array& w, const Array& bias, const ConvGeometry& g, bool relu, Array& y) {
  if (!fast(x) || empty(x, y)) return by_reference(y, [&](Array& to) { ReferenceBackend::conv2d(x, w, bias, g, relu, to); });
  if (few_channels(ConvPass::forward, x.shape(), w.shape(), y.shape(), x.dtype(), g) && !(y.blocked() && x.size(1) <= 3))
    return few_conv2d(x, w, bias, g, relu, y);
  if (!in_f32(x.dtype())) return onednn::conv2d(x, w, bias, g, relu, y);
  Array y32(y.shape());
  onednn::conv2d(wide(x), wide(w), wide(bias), g, relu, y32);
  assign(y32, y);
}

void CpuBackend::conv2d_grad_input(const Array& dy, const Array& w, const ConvGeometry& g, Array& dx) {
  if (!fast(dy) || empty(dx, dy)) return by_reference(dx, [&](Array& to) { ReferenceBackend::conv2d_grad_input(dy, w, g, to); });
  if (few_channels(ConvPass::grad_input, dx.shape(), w.shape(), dy.shape(), dy.dtype(), g)) return few_conv2d_grad_input(dy, w, g, dx);
  if (!in_f32(dy.dtype())) return onednn::conv2d_grad_input(dy, w, g, dx);
  Array dx32(dx.shape());
  onednn::conv2d_grad_input(wide(dy), wide(w), g, dx32);
  assign(dx32, dx);
}

void CpuBackend::conv2d_grad_weight(const Array& x, const Array& dy, const ConvGeometry& g, Array& dw, Array& dbias) {
  if (!fast(x) || empty(x, dy)) return ReferenceBackend::conv2d_grad_weight(x, dy, g, dw, dbias);
  if (few_channels(ConvPass::grad_weight, x.shape(), dw.shape(), dy.shape(), x.dtype(), g)) return few_conv2d_grad_weight(x, dy, g, dw, dbias);
  if (!in_f32(x.dtype())) return onednn::conv2d_grad_weight(x, dy, g, dw, dbias);
  Array dw32(dw.shape()), dbias32 = dbias.defined() ? Array(dbias.shape()) : Array();
  onednn::conv2d_grad_weight(wide(x), wide(dy), g, dw32, dbias32);
  copy(dw32, dw);
  if (dbias.defined()) copy(dbias32, dbias);
}

}  // namespace cairn
