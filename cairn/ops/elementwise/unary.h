// What functions of one number share: forward is one kernel, backward is the fused kernel dy * f'(.), and where a second derivative
// is wanted the formula of f' in ops.
#pragma once

#include <cairn/ops/call.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/promotion.h>
#include <cairn/ops/samples.h>

namespace cairn {

// dx = dy * f'(r), r being x or y (backend.h lists which). An op of its own, so that backward is seen at the door, too.
Tensor unary_grad(Unary f, const Tensor& r, const Tensor& dy, double a = 0, double b = 0);

// f keeps zero, and its derivative is finite there: it may run over the lanes of a blocked array, padding and all (tensor/layout.h).
inline bool keeps_zero(Unary f) {
  using enum Unary;
  for (Unary zero : {neg, abs, sign, expm1, square, sin, tanh, erf, floor, ceil, round, relu, leaky_relu, elu, gelu, gelu_tanh, silu})
    if (f == zero) return true;
  return false;
}

// f(op[0]), in the layout of op[0] where that is possible.
inline Array apply(const Call& op, Unary f, double a, double b) {
  if (op[0].blocked() && keeps_zero(f)) {
    const Array y = array_like(op[0]);
    Array lanes = y.lanes();
    op.kernel().unary(f, op[0].lanes(), a, b, lanes);
    return y;
  }
  Array y = op.out(op[0].shape());
  op.kernel().unary(f, op[0], a, b, y);
  return y;
}

// y = f(x) whose f' is written in x: `derivative` maps the tensor x to f'(x) and captures plain values only.
template <class Derivative>
Tensor unary_by_input(const OpInfo& info, Unary f, const Tensor& x, Derivative derivative, double a = 0, double b = 0,
                      std::initializer_list<Attr> attributes = {}) {
  Call op(info, std::span<const Tensor>(&x, 1), attributes);
  return op.differentiable(apply(op, f, a, b), op.save({0}), [f, a, b, derivative](Backward& g) {
    Tensor x = g.input(0), dy = g.grad();
    g.give(0, [&] { return g.create_graph() ? dy * derivative(x) : unary_grad(f, x, dy, a, b); });
  });
}

// The same where f' is written in y: only y is kept, which the next op often keeps anyway.
template <class Derivative> Tensor unary_by_output(const OpInfo& info, Unary f, const Tensor& x, Derivative derivative) {
  Call op(info, std::span<const Tensor>(&x, 1));
  return op.differentiable(apply(op, f, 0, 0), op.save_output(), [f, derivative](Backward& g) {
    Tensor y = g.output(), dy = g.grad();
    g.give(0, [&] { return g.create_graph() ? dy * derivative(y) : unary_grad(f, y, dy); });
  });
}

template <Tensor (*f)(const Tensor&)> std::vector<Tensor> run_unary(const std::vector<Tensor>& inputs, const Attributes&) { return {f(inputs[0])}; }

// Samples over all reals without kinks near, over positive numbers, and a quarter above whole numbers (for steps).
inline const std::initializer_list<Shape> unary_shapes = {{}, {0}, {1}, {7}, {2, 3}, {3, 1, 5}, {2, 0, 3}, {2, 2, 3, 3}};
template <const OpInfo& op> Samples samples_on_reals() {
  Samples s(op);
  for (const Shape& shape : unary_shapes) s.add({sample_distinct(shape)});
  return s;
}
template <const OpInfo& op> Samples samples_on_positives() {
  Samples s(op);
  for (const Shape& shape : unary_shapes) s.add({sample_uniform(shape, 0.3, 2.5)});
  return s;
}
template <const OpInfo& op> Samples samples_on_steps() {
  Samples s(op);
  for (const Shape& shape : unary_shapes) s.add({cast(sample_index(shape, 9), f32) - 4.25});
  return s;
}

}  // namespace cairn
