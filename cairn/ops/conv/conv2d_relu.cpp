// conv2d and relu in one kernel, for graphs of inference (ops/inference.h): y = max(0, conv2d(x, w) + bias).  letters: backend/conv.h
// While a net trains, the two are ops of their own: relu's backward wants to know where its input was above zero.
#include <cmath>

#include <cairn/ops/conv/passes.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>
#include <cairn/tensor/layout.h>

namespace cairn {

extern const OpInfo conv2d_relu_op;

namespace {

constexpr const char* for_inference = "it is made by folding a net for inference; training has conv2d and relu";

Tensor convolve_relu(const Tensor& x, const Tensor& w, const Tensor& bias, const ConvGeometry& g) {
  check_rank("conv2d_relu", x, exactly(4));
  check_rank("conv2d_relu", w, exactly(4), "weight");
  if (x.shape()[1] != w.shape()[1] * g.groups)
    fail_shape("conv2d_relu",
               "input has " + std::to_string(x.shape()[1]) + " channels but the weight expects " + std::to_string(w.shape()[1] * g.groups),
               {{"input", x}, {"weight", w}}, "the weight is [outputs, inputs / groups, kernel].");
  const Shape to = conv_result(x.shape(), w.shape(), g);
  if (to[2] < 1 || to[3] < 1)
    fail_shape("conv2d_relu", "the input is smaller than the kernel", {{"input", x}, {"weight", w}}, "a larger image or more padding.");
  const bool biased = bias.defined();
  const Tensor inputs[] = {x, w, bias};
  const GeometryAttributes a(g);
  Call op(conv2d_relu_op, std::span<const Tensor>(inputs, biased ? 3 : 2),
          {{"stride", a.stride}, {"padding", a.padding}, {"dilation", a.dilation}, {"groups", a.groups}});
  check_same_dtype("conv2d_relu", {{"input", op.input(0)}, {"weight", op.input(1)}});
  if (biased) check_same_dtype("conv2d_relu", {{"weight", op.input(1)}, {"bias", op.input(2)}});
  Array y = blocked_array(to, op[0].dtype(), op.kernel().conv2d_layout(ConvPass::forward, x.shape(), w.shape(), to, op[0].dtype(), g));
  op.kernel().conv2d(op[0], op[1], biased ? op[2] : Array(), g, true, y);
  return op.not_differentiable(y, for_inference);
}

std::vector<Tensor> run(const std::vector<Tensor>& in, const Attributes& a) {
  return {convolve_relu(in[0], in[1], in.size() > 2 ? in[2] : Tensor(), geometry_of(a))};
}

Samples samples() {
  Samples s(conv2d_relu_op);
  s.no_gradient(for_inference);
  struct Case {
    Shape x, w, stride, padding;
    int64_t groups = 1;
  };
  const Case cases[] = {
      {{2, 3, 5, 6}, {4, 3, 3, 3}, {1, 1}, {1, 1, 1, 1}},    {{1, 1, 6, 6}, {2, 1, 5, 5}, {1, 1}, {0, 0, 0, 0}},
      {{2, 4, 7, 5}, {6, 2, 3, 3}, {2, 2}, {1, 0, 1, 1}, 2}, {{1, 32, 6, 6}, {40, 32, 3, 3}, {1, 1}, {1, 1, 1, 1}},
      {{0, 2, 3, 3}, {3, 2, 3, 3}, {1, 1}, {0, 0, 0, 0}},
  };
  const Shape ones{1, 1};
  for (const Case& c : cases)
    for (bool bias : {true, false}) {
      std::vector<Tensor> in = {sample_normal(c.x, 1), sample_normal(c.w, 2) * (1 / std::sqrt(double(c.w.numel() / c.w[0])))};
      if (bias) in.push_back(sample_normal({c.w[0]}, 3));
      s.add(in, {{"stride", c.stride}, {"padding", c.padding}, {"dilation", ones}, {"groups", c.groups}});
    }
  const Shape none{0, 0, 0, 0};
  s.fails({sample_normal({2, 3, 8, 8}), sample_normal({4, 1, 3, 3})}, {{"stride", ones}, {"padding", none}, {"dilation", ones}, {"groups", 1}},
          "[conv2d_relu] input has 3 channels but the weight expects 1 (input [2, 3, 8, 8], weight [4, 1, 3, 3])");
  s.fails({sample_normal({2, 3, 2, 8}), sample_normal({4, 3, 3, 3})}, {{"stride", ones}, {"padding", none}, {"dilation", ones}, {"groups", 1}},
          "[conv2d_relu] the input is smaller than the kernel (input [2, 3, 2, 8], weight [4, 3, 3, 3])");
  return s;
}

}  // namespace

const OpInfo conv2d_relu_op = {"conv2d_relu", Autocast::low, run, samples, conv2d_flops, conv2d_plan};

}  // namespace cairn
