// Transposed convolution: the gradient of a convolution with respect to its input, as a layer.
//   x: [N, C, H, W]   weight: [C, O / groups, KH, KW]   y: [N, O, OH, OW], OH = (H - 1) stride - 2 padding + dilation (KH - 1) + output_padding + 1
// It is the op conv2d_grad_input (passes.h), x in the place of dy: a convolution with this weight maps y's shape to x's. With an output_padding of a
// stride or more (a dilation above it allows that) it would map it to a larger one; so there everything is computed and y is cut out of it.
#include <cairn/ops/conv/check.h>
#include <cairn/ops/conv/passes.h>

namespace cairn {

namespace {

// `size` places of an axis from `first` on, zeros beyond the end.
Tensor cut_out(const Tensor& y, int axis, int64_t first, int64_t size) {
  std::vector<int64_t> amounts(size_t(y.rank() - axis) * 2, 0);  // from the last axis on
  amounts.back() = std::max<int64_t>(0, first + size - y.shape()[axis]);
  return slice(amounts.back() == 0 ? y : pad(y, amounts), axis, {first, first + size});
}

// convolve_grad_input for an output_padding that may be a stride or more.
Tensor stamped(const Tensor& x, const Tensor& w, const ConvGeometry& g, const int64_t (&size)[2], bool beyond) {
  if (!beyond) return convolve_grad_input(x, w, g, size[0], size[1]);
  ConvGeometry all = g;
  int64_t sizes[2];
  for (int a : {0, 1}) {
    all.before[a] = all.after[a] = 0;
    sizes[a] = (x.shape()[a + 2] - 1) * g.stride[a] + g.dilation[a] * (w.shape()[a + 2] - 1) + 1;
  }
  return cut_out(cut_out(convolve_grad_input(x, w, all, sizes[0], sizes[1]), 2, g.before[0], size[0]), 3, g.before[1], size[1]);
}

Tensor checked_transpose(const char* op, int axes, const Tensor& x, const Tensor& w, const Tensor& bias, const ConvTransposeOptions& o) {
  const int64_t outputs = w.rank() > 1 ? w.shape()[1] * std::max<int64_t>(1, o.groups) : 0;
  check_convolution(op, axes, x, w, bias, outputs, o.stride, o.padding, o.dilation, o.groups);
  if (x.shape()[1] != w.shape()[0])
    fail_shape(op, "input has " + std::to_string(x.shape()[1]) + " channels but the weight expects " + std::to_string(w.shape()[0]),
               {{"input", x}, {"weight", w}}, "the weight of a transposed convolution is [inputs, outputs / groups, kernel].");
  const int64_t extra[] = {o.output_padding.h, o.output_padding.w};
  const ConvGeometry g = geometry(axes, o.stride, o.padding, o.dilation, o.groups);
  bool beyond = false;
  const auto output_size = [&](int axis) {
    const int a = axis + 2 - axes;  // of the geometry
    if (extra[axis] < 0 || extra[axis] >= std::max(g.stride[a], g.dilation[a]))
      throw ConfigError(std::string("[") + op + "] output_padding is " + std::to_string(extra[axis]) +
                        ". Hint: 0 or more, and below the stride or the dilation.");
    beyond |= extra[axis] >= g.stride[a];
    const int64_t size = (x.shape()[axis + 2] - 1) * g.stride[a] - 2 * g.before[a] + g.dilation[a] * (w.shape()[axis + 2] - 1) + extra[axis] + 1;
    if (size < 1) fail_shape(op, "the output would have no pixels: the padding cuts everything away", {{"input", x}, {"weight", w}}, "less padding.");
    return size;
  };
  Tensor y;
  const Shape s = x.shape(), k = w.shape();
  if (axes == 1) {
    const int64_t length = output_size(0);
    y = reshape(stamped(reshape(x, {s[0], s[1], 1, s[2]}), reshape(w, {k[0], k[1], 1, k[2]}), g, {1, length}, beyond), {s[0], outputs, length});
    return bias.defined() ? y + cast(reshape(bias, {outputs, 1}), y.dtype()) : y;
  }
  const int64_t height = output_size(0), width = output_size(1);
  y = stamped(x, w, g, {height, width}, beyond);
  return bias.defined() ? y + cast(reshape(bias, {outputs, 1, 1}), y.dtype()) : y;
}

}  // namespace

Tensor conv_transpose2d(const Tensor& x, const Tensor& weight, const Tensor& bias, const ConvTransposeOptions& options) {
  return checked_transpose("conv_transpose2d", 2, x, weight, bias, options);
}
Tensor conv_transpose1d(const Tensor& x, const Tensor& weight, const Tensor& bias, const ConvTransposeOptions& options) {
  return checked_transpose("conv_transpose1d", 1, x, weight, bias, options);
}

}  // namespace cairn
