// softmax and its logarithm along an axis.                                               x, y, dy, dx: [..., n, ...]
//   softmax      y_i = exp(x_i) / sum_j exp(x_j)         dx = y (dy - sum(dy y))
//   log_softmax  y_i = x_i - log sum_j exp(x_j)          dx = dy - exp(y) sum(dy)
// Integers are computed in f32. Backward is one fused kernel; the formula serves second derivatives.
#include <cairn/ops/reduce/axes.h>

namespace cairn {

extern const OpInfo softmax_op, log_softmax_op, softmax_grad_op;

namespace {

// dx from y and dy. An op of its own, so that backward is seen at the door, too.
Tensor softmax_grad(const Tensor& y, const Tensor& dy, int axis, bool log) {
  Call op(softmax_grad_op, {y, dy}, {{"axis", axis}, {"log", log}});
  Array dx = op.out(as_line(op[0]).shape());
  op.kernel().softmax_grad(as_line(op[0]), as_line(op[1]), axis, log, dx);
  return op.not_differentiable(dx.reshaped(y.shape()), "second derivatives go through the formula in ops");
}

Tensor softmax_formula(const Tensor& y, const Tensor& dy, int axis, bool log) {
  const Axes line = y.rank() ? Axes{axis} : Axes{};
  return log ? dy - exp(y) * sum(dy, line, Keepdim) : y * (dy - sum(dy * y, line, Keepdim));
}

Tensor softmax_along(const OpInfo& info, const Tensor& input, int axis, bool log) {
  const Tensor x = to_floating(input);
  const int at = line_axis(info.name, x, axis);
  Call op(info, {x}, {{"axis", axis}});
  Array y = op.out(as_line(op[0]).shape());
  op.kernel().softmax(as_line(op[0]), at, log, y);
  return op.differentiable(x.rank() ? y : y.reshaped({}), op.save_output(), [at, log](Backward& b) {
    Tensor y = b.output(), dy = b.grad();
    b.give(0, [&] { return b.create_graph() ? softmax_formula(y, dy, at, log) : softmax_grad(y, dy, at, log); });
  });
}

}  // namespace

Tensor softmax(const Tensor& x, int axis) { return softmax_along(softmax_op, x, axis, false); }
Tensor log_softmax(const Tensor& x, int axis) { return softmax_along(log_softmax_op, x, axis, true); }

namespace {

template <Tensor (*f)(const Tensor&, int)> std::vector<Tensor> run_softmax(const std::vector<Tensor>& in, const Attributes& at) {
  return {f(in[0], at.axis())};
}
std::vector<Tensor> run_softmax_grad(const std::vector<Tensor>& in, const Attributes& at) {
  check_shape("softmax_grad", "y and dy must have one shape", {{"y", in[0]}, {"dy", in[1]}}, in[0].shape() == in[1].shape(),
              "dy is the gradient of y.");
  check_same_dtype("softmax_grad", {{"y", in[0]}, {"dy", in[1]}});
  check_floating("softmax_grad", in[0], "y");
  return {softmax_grad(in[0], in[1], line_axis("softmax_grad", in[0], at.axis()), at.boolean("log"))};
}

template <const OpInfo& op> Samples softmax_samples() {
  Samples s(op);
  for (const Shape& x : {Shape{}, {5}, {1}, {0}, {3, 7}, {2, 0}, {0, 3}, {4, 1}}) s.add({sample_normal(x)}, {{"axis", -1}});
  s.add({sample_normal({3, 5})}, {{"axis", 0}}).add({sample_normal({2, 3, 4})}, {{"axis", 1}}).add({sample_index({2, 3}, 5)}, {{"axis", 1}});
  s.fails({sample_normal({2, 3})}, {{"axis", 2}}, "[" + std::string(op.name) + "] ");
  return s;
}
Samples softmax_grad_samples() {
  Samples s(softmax_grad_op);
  s.no_gradient("it is a gradient already; second derivatives go through the formula in ops");
  for (bool log : {false, true}) {
    s.add({sample_uniform({3, 7}, 0.1, 0.9), sample_normal({3, 7})}, {{"axis", 1}, {"log", log}});
    s.add({sample_uniform({2, 3, 4}, 0.1, 0.9), sample_normal({2, 3, 4})}, {{"axis", 1}, {"log", log}});
    s.add({sample_uniform({}, 0.1, 0.9), sample_normal({})}, {{"axis", 0}, {"log", log}});
  }
  s.fails({sample_normal({3}), sample_normal({4})}, {{"axis", 0}, {"log", false}}, "[softmax_grad] y and dy must have one shape (y [3], dy [4])");
  s.fails({sample_normal({3}), sample_normal({3})}, {{"axis", 1}, {"log", false}}, "[softmax_grad] axis 1 is outside");
  return s;
}

}  // namespace

const OpInfo softmax_op = {"softmax", Autocast::f32, run_softmax<softmax>, softmax_samples<softmax_op>};
const OpInfo log_softmax_op = {"log_softmax", Autocast::f32, run_softmax<log_softmax>, softmax_samples<log_softmax_op>};
const OpInfo softmax_grad_op = {"softmax_grad", Autocast::widest, run_softmax_grad, softmax_grad_samples};

}  // namespace cairn
