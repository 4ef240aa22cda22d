// The two gradients of a convolution (passes.h), and what the three passes share.                          letters: backend/conv.h
#include <cairn/ops/conv/passes.h>

#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>

namespace cairn {

extern const OpInfo conv2d_grad_input_op, conv2d_grad_weight_op;

ConvGeometry geometry_of(const Attributes& a) {
  const auto &stride = a.integers("stride"), &padding = a.integers("padding"), &dilation = a.integers("dilation");
  if (stride.size() != 2 || padding.size() != 4 || dilation.size() != 2)
    throw StateError("[conv2d] a recorded call has attributes of the wrong length (" + a.str() + ").");
  return {{stride[0], stride[1]}, {dilation[0], dilation[1]}, {padding[0], padding[1]}, {padding[2], padding[3]}, a.integer("groups")};
}

Tensor convolve_grad_input(const Tensor& dy, const Tensor& w, const ConvGeometry& g, int64_t height, int64_t width) {
  const GeometryAttributes a(g);
  Call op(conv2d_grad_input_op, {dy, w},
          {{"stride", a.stride}, {"padding", a.padding}, {"dilation", a.dilation}, {"groups", a.groups}, {"height", height}, {"width", width}});
  check_beside("conv2d_grad_input", {"dy", op.input(0)}, {"weight", op.input(1)});
  const int64_t C = w.shape()[1] * g.groups;
  const Shape to{dy.shape()[0], C, height, width};
  Array dx = blocked_array(to, op[0].dtype(), op.kernel().conv2d_layout(ConvPass::grad_input, to, w.shape(), dy.shape(), op[0].dtype(), g));
  op.kernel().conv2d_grad_input(op[0], op[1], g, dx);
  return op.differentiable(dx, op.save({0, 1}), [g, wide = op[1].dtype() != op[0].dtype()](Backward& b) {
    Tensor v = b.grad(0);
    b.give(0, [&] { return convolve(v, b.input(1), {}, g); });
    b.give(1, [&] {
      const Shape w = b.input_shape(1);
      return convolve_grad_weight(v, b.input(0), g, w[2], w[3], false, wide)[0];
    });
  });
}

std::vector<Tensor> convolve_grad_weight(const Tensor& x, const Tensor& dy, const ConvGeometry& g, int64_t kh, int64_t kw, bool bias, bool wide) {
  const GeometryAttributes a(g);
  Call op(conv2d_grad_weight_op, {x, dy},
          {{"stride", a.stride},
           {"padding", a.padding},
           {"dilation", a.dilation},
           {"groups", a.groups},
           {"height", kh},
           {"width", kw},
           {"bias", bias},
           {"wide", wide}});
  check_same_dtype("conv2d_grad_weight", {{"input", op.input(0)}, {"dy", op.input(1)}});
  const int64_t O = dy.shape()[1];
  const DType type = wide ? f32 : op[0].dtype();
  Array dw = op.out({O, x.shape()[1] / g.groups, kh, kw}, type), dbias = bias ? op.out({O}, type) : Array();
  op.kernel().conv2d_grad_weight(op[0], op[1], g, dw, dbias);
  std::vector<Array> results = {dw};
  if (bias) results.push_back(dbias);
  return op.differentiable(results, op.save({0, 1}), [g, bias](Backward& b) {
    Tensor x = b.input(0), dy = b.input(1), v = b.grad(0);
    b.give(0, [&] { return convolve_grad_input(dy, v, g, x.shape()[2], x.shape()[3]); });
    b.give(1, [&] {
      Tensor d = convolve(x, v, {}, g);
      return bias && b.has_grad(1) ? d + cast(reshape(b.grad(1), {1, d.shape()[1], 1, 1}), d.dtype()) : d;
    });
  });
}

namespace {

std::vector<Tensor> run_grad_input(const std::vector<Tensor>& in, const Attributes& a) {
  return {convolve_grad_input(in[0], in[1], geometry_of(a), a.integer("height"), a.integer("width"))};
}
std::vector<Tensor> run_grad_weight(const std::vector<Tensor>& in, const Attributes& a) {
  return convolve_grad_weight(in[0], in[1], geometry_of(a), a.integer("height"), a.integer("width"), a.boolean("bias"), a.boolean("wide"));
}

int64_t grad_input_flops(const std::vector<Shape>& in, const Attributes&) { return conv_flops(in[0], in[1]); }
int64_t grad_weight_flops(const std::vector<Shape>& in, const Attributes& a) {
  return 2 * in[1].numel() * (in[0][1] / a.integer("groups")) * a.integer("height") * a.integer("width");
}

std::string grad_input_plan(const std::vector<Shape>& in, DType dtype, const Attributes& a) {
  const ConvGeometry g = geometry_of(a);
  const Shape x{in[0][0], in[1][1] * g.groups, a.integer("height"), a.integer("width")};
  return backend().conv2d_plan(ConvPass::grad_input, x, in[1], in[0], dtype, g);
}
std::string grad_weight_plan(const std::vector<Shape>& in, DType dtype, const Attributes& a) {
  const ConvGeometry g = geometry_of(a);
  const Shape w{in[1][1], in[0][1] / g.groups, a.integer("height"), a.integer("width")};
  return backend().conv2d_plan(ConvPass::grad_weight, in[0], w, in[1], dtype, g);
}

struct Case {
  Shape x, w;
  ConvGeometry g;
};
const std::vector<Case>& cases() {
  static const std::vector<Case> all = {
      {{2, 3, 5, 6}, {4, 3, 3, 3}, {.before = {1, 1}, .after = {1, 1}}},
      {{1, 2, 7, 5}, {2, 2, 3, 2}, {.stride = {2, 3}, .dilation = {2, 1}, .before = {2, 0}, .after = {1, 1}}},
      {{2, 4, 4, 4}, {6, 2, 1, 1}, {.stride = {2, 2}, .groups = 2}},
      {{1, 16, 2, 2}, {16, 16, 1, 1}, {}},
  };
  return all;
}
Shape result_of(const Case& c) { return {c.x[0], c.w[0], conv_output(c.x[2], c.w[2], c.g, 0), conv_output(c.x[3], c.w[3], c.g, 1)}; }

Samples grad_input_samples() {
  Samples s(conv2d_grad_input_op);
  for (const Case& c : cases()) {
    const GeometryAttributes a(c.g);
    s.add({sample_normal(result_of(c), 1), sample_normal(c.w, 2)},
          {{"stride", a.stride}, {"padding", a.padding}, {"dilation", a.dilation}, {"groups", a.groups}, {"height", c.x[2]}, {"width", c.x[3]}});
  }
  return s;
}
Samples grad_weight_samples() {
  Samples s(conv2d_grad_weight_op);
  for (const Case& c : cases()) {
    const GeometryAttributes a(c.g);
    s.add({sample_normal(c.x, 1), sample_normal(result_of(c), 2)}, {{"stride", a.stride},
                                                                    {"padding", a.padding},
                                                                    {"dilation", a.dilation},
                                                                    {"groups", a.groups},
                                                                    {"height", c.w[2]},
                                                                    {"width", c.w[3]},
                                                                    {"bias", c.g.groups == 1},
                                                                    {"wide", false}});
  }
  return s;
}

}  // namespace

const OpInfo conv2d_grad_input_op = {"conv2d_grad_input", Autocast::low_input, run_grad_input, grad_input_samples, grad_input_flops, grad_input_plan};
const OpInfo conv2d_grad_weight_op = {"conv2d_grad_weight", Autocast::low, run_grad_weight, grad_weight_samples, grad_weight_flops, grad_weight_plan};

}  // namespace cairn
