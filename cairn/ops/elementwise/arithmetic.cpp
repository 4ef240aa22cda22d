// The four operations, with broadcasting and promotion.                    a, b: shapes that broadcast to y's
//   y = a + b    da = dy       db = dy            y = a b      da = dy b      db = dy a
//   y = a - b    da = dy       db = -dy           y = a / b    da = dy / b    db = -dy y / b
// da and db are summed back to the shapes of a and b. Integers wrap around; their quotient is f32. bool: + is or, * is and.
#include <cairn/ops/elementwise/binary.h>

namespace cairn {

extern const OpInfo add_op, sub_op, mul_op, div_op;

Tensor add(const Tensor& a, const Tensor& b) {
  if (a.dtype() != b.dtype()) {
    const Operands o = to_promoted(a, b);
    return add(o.a, o.b);
  }
  const Shape shape = broadcast_shapes("add", a.shape(), b.shape());
  Call op(add_op, {a, b});
  return op.differentiable(apply(op, Binary::add, shape), [](Backward& g) {
    Tensor dy = g.grad();
    g.give(0, [&] { return sum_to(dy, g.input_shape(0)); });
    g.give(1, [&] { return sum_to(dy, g.input_shape(1)); });
  });
}

Tensor sub(const Tensor& a, const Tensor& b) {
  if (a.dtype() != b.dtype()) {
    const Operands o = to_promoted(a, b);
    return sub(o.a, o.b);
  }
  refuse_bool("sub", a);
  const Shape shape = broadcast_shapes("sub", a.shape(), b.shape());
  Call op(sub_op, {a, b});
  return op.differentiable(apply(op, Binary::sub, shape), [](Backward& g) {
    Tensor dy = g.grad();
    g.give(0, [&] { return sum_to(dy, g.input_shape(0)); });
    g.give(1, [&] { return neg(sum_to(dy, g.input_shape(1))); });
  });
}

Tensor mul(const Tensor& a, const Tensor& b) {
  if (a.dtype() != b.dtype()) {
    const Operands o = to_promoted(a, b);
    return mul(o.a, o.b);
  }
  const Shape shape = broadcast_shapes("mul", a.shape(), b.shape());
  Call op(mul_op, {a, b});
  return op.differentiable(apply(op, Binary::mul, shape), save_operands(op, op.needs(1), op.needs(0)), [](Backward& g) {
    Tensor dy = g.grad();
    g.give(0, [&] { return sum_to(dy * g.input(1), g.input_shape(0)); });
    g.give(1, [&] { return sum_to(dy * g.input(0), g.input_shape(1)); });
  });
}

Tensor div(const Tensor& a, const Tensor& b) {
  if (a.dtype() != b.dtype() || !is_floating(a.dtype())) {
    const DType common = common_dtype(a, b), dtype = is_floating(common) ? common : f32;
    return div(to_dtype(a, dtype), to_dtype(b, dtype));
  }
  const Shape shape = broadcast_shapes("div", a.shape(), b.shape());
  Call op(div_op, {a, b});
  return op.differentiable(apply(op, Binary::div, shape), save_operands(op, false, true, op.needs(1)), [](Backward& g) {
    Tensor b = g.input(1), da = g.grad() / b;
    g.give(0, [&] { return sum_to(da, g.input_shape(0)); });
    g.give(1, [&] { return sum_to(-(da * g.output()), g.input_shape(1)); });
  });
}

namespace {

Tensor first(const Shape& s) { return sample_normal(s, 1); }
Tensor second(const Shape& s) { return sample_normal(s, 2); }

Samples add_samples() {
  Samples s = binary_samples(add_op, first, second);
  s.add({sample_index({2, 3}, 9), sample_index({3}, 9, 2)}).add({sample_mask({5}), sample_mask({5}, 2)});
  return s;
}
Samples sub_samples() {
  Samples s = binary_samples(sub_op, first, second);
  s.add({sample_index({2, 3}, 9), sample_index({3}, 9, 2)});
  s.fails({sample_mask({5}), sample_mask({5}, 2)}, "[sub] is not defined for bool (x [5])");
  return s;
}
Samples mul_samples() {
  Samples s = binary_samples(mul_op, first, second);
  s.add({sample_index({2, 3}, 9), sample_index({3}, 9, 2)}).add({sample_mask({5}), sample_mask({5}, 2)});
  return s;
}
Samples div_samples() {
  Samples s = binary_samples(div_op, first, [](const Shape& shape) { return sample_uniform(shape, 0.5, 2.0, 2); });
  s.add({sample_index({2, 3}, 9), sample_index({3}, 9, 2) + 1});
  return s;
}

}  // namespace

const OpInfo add_op = {"add", Autocast::widest, run_binary<add>, add_samples};
const OpInfo sub_op = {"sub", Autocast::widest, run_binary<sub>, sub_samples};
const OpInfo mul_op = {"mul", Autocast::widest, run_binary<mul>, mul_samples};
const OpInfo div_op = {"div", Autocast::widest, run_binary<div>, div_samples};

}  // namespace cairn
