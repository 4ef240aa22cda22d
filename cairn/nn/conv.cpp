// Making the weights of convolutions, checking what they are made from, and printing them.
#include <cairn/nn/conv.h>

#include <cmath>

#include <fmt/format.h>

#include <cairn/nn/checks.h>
#include <cairn/nn/init.h>

namespace cairn {

namespace {

std::string text(Size2 p) { return p.h == p.w ? fmt::format("{}", p.h) : fmt::format("{}x{}", p.h, p.w); }

void check_sizes(const char* layer, int64_t in, int64_t out, Size2 kernel, int64_t groups, DType dtype) {
  if (in < 1 || out < 1 || kernel.h < 1 || kernel.w < 1)
    throw ConfigError(fmt::format("[{}] {} to {} channels with kernel {}: all must be at least 1. Hint: inputs, outputs, kernel, in this order.",
                                  layer, in, out, text(kernel)));
  if (groups < 1 || in % groups || out % groups)
    throw ConfigError(
        fmt::format("[{}] {} to {} channels cannot be cut into {} groups. Hint: both must be multiples of it.", layer, in, out, groups));
  check_layer_dtype(layer, dtype);
}

// PyTorch's defaults: both uniform with bound 1 / sqrt(fan_in); fan_in is what the weight's shape says (also of transposed ones).
void make(Parameter& weight, Parameter& bias, const Shape& shape, int64_t outputs, bool biased, DType dtype) {
  weight = Parameter(empty(shape, dtype));
  init::kaiming_uniform(weight, std::sqrt(5.0));
  if (!biased) return;
  const double bound = 1 / std::sqrt(double(shape.numel() / shape[0]));
  bias = Parameter(empty({outputs}, dtype));
  init::uniform(bias, -bound, bound);
}

std::string describe(int64_t in, int64_t out, Size2 kernel, Size2 stride, Size2 padding, Size2 dilation, int64_t groups, bool same, bool bias) {
  std::string s = fmt::format("{} -> {}, kernel {}", in, out, text(kernel));
  if (stride != Size2(1)) s += ", stride " + text(stride);
  if (same) s += ", padding same";
  else if (padding != Size2(0)) s += ", padding " + text(padding);
  if (dilation != Size2(1)) s += ", dilation " + text(dilation);
  if (groups != 1) s += fmt::format(", groups {}", groups);
  return s + (bias ? "" : ", no bias");
}

}  // namespace

Conv2d::Conv2d(int64_t in, int64_t out, Size2 kernel, Options options) : in_channels(in), out_channels(out), kernel(kernel), o(options) {
  check_sizes("conv2d", in, out, kernel, o.groups, o.dtype);
  make(weight, bias, {out, in / o.groups, kernel.h, kernel.w}, out, o.bias, o.dtype);
}
Tensor Conv2d::forward(const Tensor& x) {
  return conv2d(x, weight.value(), bias.value(),
                {.stride = o.stride, .padding = o.padding, .dilation = o.dilation, .groups = o.groups, .same = o.same});
}
std::string Conv2d::options() const {
  return describe(in_channels, out_channels, kernel, o.stride, o.padding, o.dilation, o.groups, o.same, bias.defined());
}

Conv1d::Conv1d(int64_t in, int64_t out, int64_t kernel, Options options) : in_channels(in), out_channels(out), kernel(kernel), o(options) {
  check_sizes("conv1d", in, out, kernel, o.groups, o.dtype);
  make(weight, bias, {out, in / o.groups, kernel}, out, o.bias, o.dtype);
}
Tensor Conv1d::forward(const Tensor& x) {
  return conv1d(x, weight.value(), bias.value(),
                {.stride = o.stride, .padding = o.padding, .dilation = o.dilation, .groups = o.groups, .same = o.same});
}
std::string Conv1d::options() const {
  return describe(in_channels, out_channels, kernel, o.stride, o.padding, o.dilation, o.groups, o.same, bias.defined());
}

ConvTranspose2d::ConvTranspose2d(int64_t in, int64_t out, Size2 kernel, Options options)
    : in_channels(in), out_channels(out), kernel(kernel), o(options) {
  check_sizes("conv_transpose2d", in, out, kernel, o.groups, o.dtype);
  make(weight, bias, {in, out / o.groups, kernel.h, kernel.w}, out, o.bias, o.dtype);
}
Tensor ConvTranspose2d::forward(const Tensor& x) {
  return conv_transpose2d(x, weight.value(), bias.value(),
                          {.stride = o.stride, .padding = o.padding, .output_padding = o.output_padding, .dilation = o.dilation, .groups = o.groups});
}
std::string ConvTranspose2d::options() const {
  return describe(in_channels, out_channels, kernel, o.stride, o.padding, o.dilation, o.groups, false, bias.defined());
}

ConvTranspose1d::ConvTranspose1d(int64_t in, int64_t out, int64_t kernel, Options options)
    : in_channels(in), out_channels(out), kernel(kernel), o(options) {
  check_sizes("conv_transpose1d", in, out, kernel, o.groups, o.dtype);
  make(weight, bias, {in, out / o.groups, kernel}, out, o.bias, o.dtype);
}
Tensor ConvTranspose1d::forward(const Tensor& x) {
  return conv_transpose1d(x, weight.value(), bias.value(),
                          {.stride = o.stride, .padding = o.padding, .output_padding = o.output_padding, .dilation = o.dilation, .groups = o.groups});
}
std::string ConvTranspose1d::options() const {
  return describe(in_channels, out_channels, kernel, o.stride, o.padding, o.dilation, o.groups, false, bias.defined());
}

}  // namespace cairn
