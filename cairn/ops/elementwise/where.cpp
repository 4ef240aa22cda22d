// y = condition ? a : b, element by element.             condition: bool; a, b: promoted; the three shapes broadcast to y's
//   da = dy where the condition holds, otherwise 0;      db = dy where it does not
#include <cairn/ops/elementwise/binary.h>

namespace cairn {

extern const OpInfo where_op;

Tensor where(const Tensor& condition, const Tensor& a, const Tensor& b) {
  if (condition.dtype() != boolean)
    throw DtypeError(std::string("[where] the condition must be bool, it is ") + name_of(condition.dtype()) + ". Hint: condition != 0.");
  if (a.dtype() != b.dtype()) {
    const Operands o = to_promoted(a, b);
    return where(condition, o.a, o.b);
  }
  const Shape shape = broadcast_shapes("where", condition.shape(), broadcast_shapes("where", a.shape(), b.shape()));
  Call op(where_op, {condition, a, b});
  Array y = op.out(shape, op[1].dtype());
  op.kernel().where(op[0].expanded(shape), op[1].expanded(shape), op[2].expanded(shape), y);
  return op.differentiable(y, op.save({0}), [](Backward& g) {
    Tensor condition = g.input(0), dy = g.grad();
    g.give(1, [&] { return sum_to(where(condition, dy, 0.0), g.input_shape(1)); });
    g.give(2, [&] { return sum_to(where(condition, 0.0, dy), g.input_shape(2)); });
  });
}

namespace {

std::vector<Tensor> run_where(const std::vector<Tensor>& in, const Attributes&) { return {where(in[0], in[1], in[2])}; }

Samples where_samples() {
  Samples s(where_op);
  for (const ShapePair& p : binary_shapes) s.add({sample_mask(p.b), sample_normal(p.a, 1), sample_normal(p.b, 2)});
  s.add({sample_mask({}), sample_normal({2, 3}), sample_normal({3}, 2)});
  s.add({sample_mask({2, 1}), sample_index({3}, 9), sample_index({}, 9)});
  s.fails({sample_mask({2}), sample_normal({2, 3}), sample_normal({3})}, "[where] ");
  s.fails({sample_normal({3}), sample_normal({3}), sample_normal({3})}, "[where] the condition must be bool, it is f32. Hint: condition != 0.");
  return s;
}

}  // namespace

const OpInfo where_op = {"where", Autocast::widest, run_where, where_samples};

}  // namespace cairn
