// Convolution of images and of lines (cross-correlation, as everybody calls it).                            letters: backend/conv.h
//   y[n, o, p, q] = bias[o] + sum over c, i, j of w[o, c, i, j] x[n, c, p stride + i dilation - padding, ...]
//   dx, dw: passes.h;   dbias = sum of dy over n, p, q
// LeCun et al. 1989.
#include <cmath>

#include <cairn/ops/conv/check.h>
#include <cairn/ops/conv/passes.h>
#include <cairn/ops/samples.h>

namespace cairn {

extern const OpInfo conv2d_op;

std::string text(Size2 p, int axes) { return std::to_string(p.h) + (axes == 1 || p.h == p.w ? "" : "x" + std::to_string(p.w)); }

ConvGeometry geometry(int axes, Size2 stride, Size2 padding, Size2 dilation, int64_t groups) {
  if (axes == 1) stride = {1, stride.h}, padding = {0, padding.h}, dilation = {1, dilation.h};
  return {.stride = {stride.h, stride.w},
          .dilation = {dilation.h, dilation.w},
          .before = {padding.h, padding.w},
          .after = {padding.h, padding.w},
          .groups = groups};
}

void check_convolution(const char* op, int axes, const Tensor& x, const Tensor& w, const Tensor& bias, int64_t outputs, Size2 stride, Size2 padding,
                       Size2 dilation, int64_t groups) {
  const std::string name = std::string("[") + op + "] ";
  if (x.rank() != axes + 2)
    fail_shape(op, axes == 2 ? "the input must be images [N, C, H, W]" : "the input must be lines [N, C, L]", {{"input", x}},
               x.rank() == axes + 1 ? "one example is a batch of one: x.unsqueeze(0)."
               : axes == 2          ? "rows of pixels become images with x.reshape({-1, channels, height, width})."
                                    : "rows of numbers become lines with x.unsqueeze(1).");
  check_rank(op, w, exactly(axes + 2), "weight");
  check_floating(op, x, "input");
  if (groups < 1) throw ConfigError(name + "groups is " + std::to_string(groups) + ". Hint: at least 1.");
  const auto least = [&](const char* what, Size2 p, int64_t low) {
    if (p.h < low || p.w < low) throw ConfigError(name + what + " is " + text(p, axes) + ". Hint: at least " + std::to_string(low) + ".");
    if (std::max(p.h, p.w) > (int64_t{1} << 30)) throw ConfigError(name + what + " is " + text(p, axes) + ": too large. Hint: at most 2^30.");
  };
  least("stride", stride, 1);
  least("dilation", dilation, 1);
  least("padding", padding, 0);
  for (int axis = 2; axis < axes + 2; axis++)
    if (w.shape()[axis] < 1) fail_shape(op, "the kernel has no elements", {{"weight", w}}, "the weight is [outputs, inputs / groups, kernel].");
  if (w.shape()[0] % groups)
    fail_shape(op, "the weight's first axis cannot be cut into " + std::to_string(groups) + " groups", {{"weight", w}},
               "the number of groups divides that of the outputs.");
  if (bias.defined() && bias.shape() != Shape{outputs})
    fail_shape(op, "the bias must have one number for each of the " + std::to_string(outputs) + " output channels", {{"weight", w}, {"bias", bias}},
               "a bias of shape [" + std::to_string(outputs) + "], or none.");
}

Shape conv_result(const Shape& x, const Shape& w, const ConvGeometry& g) {
  return {x[0], w[0], conv_output(x[2], w[2], g, 0), conv_output(x[3], w[3], g, 1)};
}

int64_t conv2d_flops(const std::vector<Shape>& in, const Attributes& a) { return conv_flops(conv_result(in[0], in[1], geometry_of(a)), in[1]); }

std::string conv2d_plan(const std::vector<Shape>& in, DType dtype, const Attributes& a) {
  const ConvGeometry g = geometry_of(a);
  return backend().conv2d_plan(ConvPass::forward, in[0], in[1], conv_result(in[0], in[1], g), dtype, g);
}

Tensor convolve(const Tensor& x, const Tensor& w, const Tensor& bias, const ConvGeometry& g) {
  const bool biased = bias.defined();
  const Tensor inputs[] = {x, w, bias};
  const GeometryAttributes a(g);
  Call op(conv2d_op, std::span<const Tensor>(inputs, biased ? 3 : 2),
          {{"stride", a.stride}, {"padding", a.padding}, {"dilation", a.dilation}, {"groups", a.groups}});
  check_beside("conv2d", {"input", op.input(0)}, {"weight", op.input(1)});
  if (biased) check_same_dtype("conv2d", {{"weight", op.input(1)}, {"bias", op.input(2)}});
  const Shape from = x.shape(), kernel = w.shape();
  const Shape to = conv_result(from, kernel, g);
  Array y = blocked_array(to, op[0].dtype(), op.kernel().conv2d_layout(ConvPass::forward, from, kernel, to, op[0].dtype(), g));
  op.kernel().conv2d(op[0], op[1], biased ? op[2] : Array(), g, false, y);
  return op.differentiable(y, op.save({0, 1}), [g, biased, wide = op[1].dtype() != op[0].dtype()](Backward& b) {
    Tensor dy = b.grad(0);
    b.give(0, [&] {
      const Shape x = b.input_shape(0);
      return convolve_grad_input(dy, b.input(1), g, x[2], x[3]);
    });
    if (!b.needs(1) && !(biased && b.needs(2))) return;
    const Shape w = b.input_shape(1);
    const std::vector<Tensor> d = convolve_grad_weight(b.input(0), dy, g, w[2], w[3], biased, wide);  // one pass over dy gives both
    b.give(1, [&] { return d[0]; });
    if (biased) b.give(2, [&] { return d[1]; });
  });
}

namespace {

// Zeros before and after an axis so that the output is ceil(size / stride).
void pad_same(ConvGeometry& g, int axis, int64_t size, int64_t kernel) {
  const int64_t outputs = (size + g.stride[axis] - 1) / g.stride[axis];
  const int64_t missing = std::max<int64_t>(0, (outputs - 1) * g.stride[axis] + g.dilation[axis] * (kernel - 1) + 1 - size);
  g.before[axis] = missing / 2;
  g.after[axis] = missing - missing / 2;
}

[[noreturn]] void too_small(const char* op, int axes, const Tensor& x, const Tensor& w, const ConvOptions& o) {
  fail_shape(op,
             "the input is smaller than the kernel" + std::string(o.dilation == Size2(1) ? "" : ", dilated " + text(o.dilation, axes)) +
                 ", with padding " + text(o.padding, axes),
             {{"input", x}, {"weight", w}},
             "a larger image, a smaller kernel or more padding; nets for large images have strides that small ones do not survive.");
}

Tensor checked_convolve(const char* op, int axes, const Tensor& x, const Tensor& w, const Tensor& bias, const ConvOptions& o) {
  check_convolution(op, axes, x, w, bias, w.rank() > 0 ? w.shape()[0] : 0, o.stride, o.padding, o.dilation, o.groups);
  if (x.shape()[1] != w.shape()[1] * o.groups)
    fail_shape(op,
               "input has " + std::to_string(x.shape()[1]) + " channels but the weight expects " + std::to_string(w.shape()[1] * o.groups) +
                   (o.groups > 1 ? " (" + std::to_string(o.groups) + " groups of " + std::to_string(w.shape()[1]) + ")" : ""),
               {{"input", x}, {"weight", w}},
               axes == 2 && x.shape()[3] == w.shape()[1] * o.groups ? "channels come before height and width: x.permute({0, 3, 1, 2})."
                                                                    : "the weight is [outputs, inputs / groups, kernel].");
  if (o.same && o.padding != Size2(0)) throw ConfigError(std::string("[") + op + "] same and padding are both given. Hint: one of them.");
  ConvGeometry g = geometry(axes, o.stride, o.padding, o.dilation, o.groups);
  if (axes == 1) {
    const Shape s = x.shape(), k = w.shape();
    if (o.same) pad_same(g, 1, s[2], k[2]);
    if (conv_output(s[2], k[2], g, 1) < 1) too_small(op, axes, x, w, o);
    const Tensor y = convolve(reshape(x, {s[0], s[1], 1, s[2]}), reshape(w, {k[0], k[1], 1, k[2]}), bias, g);
    return reshape(y, {s[0], k[0], y.shape()[3]});
  }
  for (int axis = 0; axis < 2; axis++) {
    if (o.same) pad_same(g, axis, x.shape()[axis + 2], w.shape()[axis + 2]);
    if (conv_output(x.shape()[axis + 2], w.shape()[axis + 2], g, axis) < 1) too_small(op, axes, x, w, o);
  }
  return convolve(x, w, bias, g);
}

}  // namespace

Tensor conv2d(const Tensor& x, const Tensor& weight, const Tensor& bias, const ConvOptions& options) {
  return checked_convolve("conv2d", 2, x, weight, bias, options);
}
Tensor conv1d(const Tensor& x, const Tensor& weight, const Tensor& bias, const ConvOptions& options) {
  return checked_convolve("conv1d", 1, x, weight, bias, options);
}

namespace {

std::vector<Tensor> run_conv2d(const std::vector<Tensor>& in, const Attributes& a) {
  const ConvGeometry g = geometry_of(a);
  if (g.before[0] == g.after[0] && g.before[1] == g.after[1])
    return {conv2d(in[0], in[1], in.size() > 2 ? in[2] : Tensor(),
                   {.stride = {g.stride[0], g.stride[1]},
                    .padding = {g.before[0], g.before[1]},
                    .dilation = {g.dilation[0], g.dilation[1]},
                    .groups = g.groups})};
  return {convolve(in[0], in[1], in.size() > 2 ? in[2] : Tensor(), g)};
}

Samples conv2d_samples() {
  Samples s(conv2d_op);
  struct Case {
    Shape x, w;
    Shape stride = {1, 1}, padding = {0, 0, 0, 0}, dilation = {1, 1};
    int64_t groups = 1;
  };
  const Case cases[] = {
      {{2, 3, 5, 6}, {4, 3, 3, 3}, {1, 1}, {1, 1, 1, 1}},
      {{1, 1, 6, 6}, {2, 1, 5, 5}},
      {{2, 2, 7, 5}, {3, 2, 3, 2}, {2, 3}, {2, 0, 1, 1}, {2, 1}},     // everything odd
      {{1, 3, 7, 7}, {2, 3, 1, 1}, {3, 2}},                           // the stride is larger than the kernel
      {{2, 4, 4, 4}, {6, 2, 3, 3}, {1, 1}, {1, 1, 1, 1}, {1, 1}, 2},  // groups
      {{1, 5, 6, 5}, {5, 1, 3, 3}, {2, 2}, {1, 1, 1, 1}, {1, 1}, 5},  // depthwise
      {{1, 3, 4, 4}, {6, 1, 2, 2}, {1, 1}, {0, 0, 0, 0}, {1, 1}, 3},  // depthwise, two filters a channel
      {{1, 16, 2, 2}, {16, 16, 1, 1}},                                // blocked
      {{1, 17, 1, 2}, {18, 17, 1, 1}},                                // blocked, with padding lanes
      {{1, 2, 1, 1}, {3, 2, 1, 1}},                                   // a single pixel
      {{0, 2, 3, 3}, {3, 2, 3, 3}},                                   // no images
  };
  for (const Case& c : cases)
    for (bool bias : {true, false}) {
      // Weights as layers start with, so that results are about 1 and rounding errors in proportion.
      std::vector<Tensor> in = {sample_normal(c.x, 1), sample_normal(c.w, 2) * (1 / std::sqrt(double(c.w.numel() / c.w[0])))};
      if (bias) in.push_back(sample_normal({c.w[0]}, 3));
      s.add(in, {{"stride", c.stride}, {"padding", c.padding}, {"dilation", c.dilation}, {"groups", c.groups}});
    }
  const Shape ones{1, 1}, none{0, 0, 0, 0};
  const std::initializer_list<Attr> plain = {{"stride", ones}, {"padding", none}, {"dilation", ones}, {"groups", 1}};
  s.fails({sample_normal({64, 3, 28, 28}), sample_normal({32, 1, 3, 3})}, plain,
          "[conv2d] input has 3 channels but the weight expects 1 (input [64, 3, 28, 28], weight [32, 1, 3, 3])");
  s.fails({sample_normal({3, 28, 28}), sample_normal({32, 3, 3, 3})}, plain, "[conv2d] the input must be images [N, C, H, W] (input [3, 28, 28])");
  s.fails({sample_normal({1, 3, 2, 28}), sample_normal({32, 3, 3, 3})}, plain,
          "[conv2d] the input is smaller than the kernel, with padding 0 (input [1, 3, 2, 28], weight [32, 3, 3, 3])");
  s.fails({sample_normal({1, 3, 5, 5}), sample_normal({8, 3, 3, 3}), sample_normal({3})}, plain,
          "[conv2d] the bias must have one number for each of the 8 output channels (weight [8, 3, 3, 3], bias [3])");
  return s;
}

}  // namespace

const OpInfo conv2d_op = {"conv2d", Autocast::low_input, run_conv2d, conv2d_samples, conv2d_flops, conv2d_plan};

}  // namespace cairn
