// The larger and the smaller of two.                                       a, b: shapes that broadcast to y's
//   y = maximum(a, b)   da = dy where a > b, dy / 2 where a = b, otherwise 0;   db likewise. NaN in either gives NaN.
#include <cairn/ops/elementwise/binary.h>

namespace cairn {

extern const OpInfo maximum_op, minimum_op;

namespace {

// dy where x won against `other`, half of it in a draw. `loses`: whether x lost. With NaN both get dy.
Tensor share_of(const Tensor& x, const Tensor& other, const Tensor& loses, const Tensor& dy) {
  return sum_to(where(loses, 0, where(x == other, 0.5 * dy, dy)), x.shape());
}

Samples extrema_samples(const OpInfo& op) {
  Samples s = binary_samples(
      op, [](const Shape& shape) { return sample_distinct(shape, 1); }, [](const Shape& shape) { return sample_distinct(shape, 2) + 0.03; });
  s.add({sample_index({3, 4}, 5), sample_index({4}, 5, 2)});
  return s;
}
Samples maximum_samples() { return extrema_samples(maximum_op); }
Samples minimum_samples() { return extrema_samples(minimum_op); }

}  // namespace

Tensor maximum(const Tensor& a, const Tensor& b) {
  if (a.dtype() != b.dtype()) {
    const Operands o = to_promoted(a, b);
    return maximum(o.a, o.b);
  }
  const Shape shape = broadcast_shapes("maximum", a.shape(), b.shape());
  Call op(maximum_op, {a, b});
  return op.differentiable(apply(op, Binary::maximum, shape), op.save({0, 1}), [](Backward& g) {
    Tensor a = g.input(0), b = g.input(1), dy = g.grad();
    g.give(0, [&] { return share_of(a, b, a < b, dy); });
    g.give(1, [&] { return share_of(b, a, b < a, dy); });
  });
}

Tensor minimum(const Tensor& a, const Tensor& b) {
  if (a.dtype() != b.dtype()) {
    const Operands o = to_promoted(a, b);
    return minimum(o.a, o.b);
  }
  const Shape shape = broadcast_shapes("minimum", a.shape(), b.shape());
  Call op(minimum_op, {a, b});
  return op.differentiable(apply(op, Binary::minimum, shape), op.save({0, 1}), [](Backward& g) {
    Tensor a = g.input(0), b = g.input(1), dy = g.grad();
    g.give(0, [&] { return share_of(a, b, a > b, dy); });
    g.give(1, [&] { return share_of(b, a, b > a, dy); });
  });
}

const OpInfo maximum_op = {"maximum", Autocast::widest, run_binary<maximum>, maximum_samples};
const OpInfo minimum_op = {"minimum", Autocast::widest, run_binary<minimum>, minimum_samples};

}  // namespace cairn
