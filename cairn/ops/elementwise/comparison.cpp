// Comparisons and logic of two tensors, with broadcasting and promotion.   a, b: shapes that broadcast to y's    y: bool
// NaN compares unequal to everything. Logic takes any type: what is not 0 is true.
#include <cairn/ops/elementwise/binary.h>

namespace cairn {

extern const OpInfo eq_op, ne_op, lt_op, le_op, gt_op, ge_op, logical_and_op, logical_or_op, logical_xor_op;

namespace {

Tensor compare(const OpInfo& info, Binary f, const Tensor& a, const Tensor& b) {
  if (a.dtype() != b.dtype()) {
    const Operands o = to_promoted(a, b);
    return compare(info, f, o.a, o.b);
  }
  const Shape shape = broadcast_shapes(info.name, a.shape(), b.shape());
  Call op(info, {a, b});
  return op.not_differentiable(apply(op, f, shape, boolean), "piecewise constant");
}

// Few distinct values, so that many are equal.
template <const OpInfo& op> Samples comparison_samples() {
  Samples s = binary_samples(
      op, [](const Shape& shape) { return cast(sample_index(shape, 3, 1), f32); },
      [](const Shape& shape) { return cast(sample_index(shape, 3, 2), f32); });
  s.no_gradient("the answer is a bool");
  s.add({sample_index({2, 3}, 2), sample_index({3}, 2, 2)}).add({sample_mask({7}), sample_mask({7}, 2)});
  return s;
}

}  // namespace

Tensor eq(const Tensor& a, const Tensor& b) { return compare(eq_op, Binary::eq, a, b); }
Tensor ne(const Tensor& a, const Tensor& b) { return compare(ne_op, Binary::ne, a, b); }
Tensor lt(const Tensor& a, const Tensor& b) { return compare(lt_op, Binary::lt, a, b); }
Tensor le(const Tensor& a, const Tensor& b) { return compare(le_op, Binary::le, a, b); }
Tensor gt(const Tensor& a, const Tensor& b) { return compare(gt_op, Binary::gt, a, b); }
Tensor ge(const Tensor& a, const Tensor& b) { return compare(ge_op, Binary::ge, a, b); }
Tensor logical_and(const Tensor& a, const Tensor& b) { return compare(logical_and_op, Binary::logical_and, a, b); }
Tensor logical_or(const Tensor& a, const Tensor& b) { return compare(logical_or_op, Binary::logical_or, a, b); }
Tensor logical_xor(const Tensor& a, const Tensor& b) { return compare(logical_xor_op, Binary::logical_xor, a, b); }

const OpInfo eq_op = {"eq", Autocast::widest, run_binary<eq>, comparison_samples<eq_op>};
const OpInfo ne_op = {"ne", Autocast::widest, run_binary<ne>, comparison_samples<ne_op>};
const OpInfo lt_op = {"lt", Autocast::widest, run_binary<lt>, comparison_samples<lt_op>};
const OpInfo le_op = {"le", Autocast::widest, run_binary<le>, comparison_samples<le_op>};
const OpInfo gt_op = {"gt", Autocast::widest, run_binary<gt>, comparison_samples<gt_op>};
const OpInfo ge_op = {"ge", Autocast::widest, run_binary<ge>, comparison_samples<ge_op>};
const OpInfo logical_and_op = {"logical_and", Autocast::widest, run_binary<logical_and>, comparison_samples<logical_and_op>};
const OpInfo logical_or_op = {"logical_or", Autocast::widest, run_binary<logical_or>, comparison_samples<logical_or_op>};
const OpInfo logical_xor_op = {"logical_xor", Autocast::widest, run_binary<logical_xor>, comparison_samples<logical_xor_op>};

}  // namespace cairn
