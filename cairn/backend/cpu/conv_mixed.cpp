// bf16 multiplies faster than f32, but there are convolutions for which f32 knows something better:
//
//   no fast bf16           everything in f32
//   matrix tiles (AMX)     all that tiles suit (onednn/conv_tiles.cpp) was done before anyone asks here. Of the rest f32 is faster, since these
//                          CPUs' vector instructions are: 64 channels of 32x32 forward at 388 GFLOP/s in f32 and 231 in bf16 (a Xeon, two cores);
//                          but for depthwise filters, which take less time than widening does: 96 channels of 56x56, 32 images, forward, 2.3 ms
//                          in bf16 and 4.9 by way of f32 (f32 alone 1.4)
//   few channels           where conv_few.cpp computes f32 along lines and oneDNN has no blocks to fill
//   3x3, many channels     f32 Winograd (oneDNN's or our own) needs up to four times fewer multiplications, and moves more memory. The more
//                          channels, the less its transforms weigh beside the products. How many it takes depends on how fast the CPU
//                          multiplies: 128 where AVX-512 works in halves (Zen 4: Winograd 588, direct bf16 420 GFLOP/s at 128 channels
//                          of 16x16), 256 where it does not (the CPUs with AVX-VNNI). Measured against direct bf16 (Zen 5, one core,
//                          batch 128, ms forward / input / weights):
//                            64, 32x32    24.3 / 24.0 / 38.5   against   20.2 / 21.3 / 25.9
//                            128, 16x16   23.2 / 23.2 / 25.4   against   18.7 / 19.1 / 22.5
//                            256, 8x8     15.2 / 15.5 / 20.5   against   21.7 / 23.3 / 23.2
//                            512, 4x4     16.0 / 16.6 / 19.1   against   15.3 / 20.2 / 30.2
//   no kernel              what oneDNN has no direct bf16 kernel of (some groups, some dilations), or a wrong one
#include <cairn/backend/cpu/conv_mixed.h>

#include <algorithm>
#if defined(__x86_64__)
#include <cpuid.h>
#endif

#include <cairn/backend/cpu/conv_few.h>
#include <cairn/backend/cpu/onednn/conv.h>
#include <cairn/backend/cpu/onednn/conv_tiles.h>
#include <cairn/backend/cpu/winograd.h>
#include <cairn/tensor/layout.h>

namespace cairn::cpu {
namespace {

// The fewest channels for which f32 Winograd is asked.
int64_t winograd_channels() {
  static const int64_t least = [] {
#if defined(__x86_64__)
    unsigned a = 0, b = 0, c = 0, d = 0;
    constexpr unsigned avx_vnni = 1u << 4;
    if (__get_cpuid_count(7, 1, &a, &b, &c, &d) && a & avx_vnni) return 256;
#endif
    return 128;
  }();
  return least;
}

bool by_winograd(const Shape& x, const Shape& w, const Shape& y, const ConvGeometry& g) {
  const int64_t least = winograd_channels();
  return conv_plans() != ConvPlans::direct && std::min(x[1], y[1]) >= least && x[1] % 16 == 0 && y[1] % 16 == 0 &&
         winograd_fits(x, w, f32, g, onednn::widest_layout());
}

Array wide(const Array& x) {  // in x's layout
  if (!x.defined() || x.dtype() == f32) return x;
  if (!x.blocked()) return cast_copy(x, f32);
  Array y = array_like(x, f32);
  assign(x, y);
  return y;
}

}  // namespace

bool widened(ConvPass pass, const Shape& x, const Shape& w, const Shape& y, const ConvGeometry& g) {
  if (!onednn::has_bf16()) return true;
  if (g.groups == x[1] && w[1] == 1) return !onednn::has_direct(pass, x, w, y, bf16, g);  // depthwise
  if (onednn::has_tiles() || by_winograd(x, w, y, g)) return true;
  const bool blocks = x[1] <= 3 && y[1] >= 16 && pass != ConvPass::grad_input;
  if (few_channels(pass, x, w, y, f32, g) && !blocks) return true;
  return !onednn::has_direct(pass, x, w, y, bf16, g);
}

void widened_conv2d(Backend& backend, const Array& x, const Array& w, const Array& bias, const ConvGeometry& g, bool relu, Array& y) {
  Array to = array_like(y, f32);
  backend.conv2d(wide(x), wide(w), wide(bias), g, relu, to);
  assign(to, y);
}

void widened_grad_input(Backend& backend, const Array& dy, const Array& w, const ConvGeometry& g, Array& dx) {
  Array to = array_like(dx, f32);
  backend.conv2d_grad_input(wide(dy), wide(w), g, to);
  assign(to, dx);
}

void widened_grad_weight(Backend& backend, const Array& x, const Array& dy, const ConvGeometry& g, Array& dw, Array& dbias) {
  const auto sums_of = [](const Array& a) { return !a.defined() || a.dtype() == f32 ? a : Array(a.shape(), f32); };
  Array sums = sums_of(dw), bias_sums = sums_of(dbias);
  backend.conv2d_grad_weight(wide(x), wide(dy), g, sums, bias_sums);
  if (dw.dtype() != f32) backend.copy(sums, dw);
  if (dbias.defined() && dbias.dtype() != f32) backend.copy(bias_sums, dbias);
}

}  // namespace cairn::cpu
