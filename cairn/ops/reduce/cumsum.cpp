// Running sums along an axis.                                                            x, y: [..., n, ...]
//   y_i = x_0 + ... + x_i         dx_i = dy_i + ... + dy_{n-1}: the running sum from the other end
// Integers and bool are added in i64.
#include <cairn/ops/reduce/axes.h>

namespace cairn {

extern const OpInfo cumsum_op;

namespace {

Tensor running_sum(const Tensor& x, int axis, bool reverse) {
  const int at = line_axis("cumsum", x, axis);
  Call op(cumsum_op, {x}, {{"axis", axis}, {"reverse", reverse}});
  Array y = op.out(as_line(op[0]).shape(), is_floating(op[0].dtype()) ? op[0].dtype() : i64);
  op.kernel().cumsum(as_line(op[0]), at, reverse, y);
  return op.differentiable(x.rank() ? y : y.reshaped({}),
                           [axis, reverse](Backward& b) { b.give(0, [&] { return running_sum(b.grad(), axis, !reverse); }); });
}

std::vector<Tensor> run_cumsum(const std::vector<Tensor>& in, const Attributes& at) { return {running_sum(in[0], at.axis(), at.boolean("reverse"))}; }

Samples cumsum_samples() {
  Samples s(cumsum_op);
  for (bool reverse : {false, true}) {
    for (const Shape& x : {Shape{}, {5}, {1}, {0}, {3, 7}, {2, 0}}) s.add({sample_normal(x)}, {{"axis", -1}, {"reverse", reverse}});
    s.add({sample_normal({2, 3, 4})}, {{"axis", 1}, {"reverse", reverse}}).add({sample_index({3, 4}, 9)}, {{"axis", 0}, {"reverse", reverse}});
    s.add({sample_mask({6})}, {{"axis", 0}, {"reverse", reverse}});
  }
  s.fails({sample_normal({2, 3})}, {{"axis", -3}, {"reverse", false}}, "[cumsum] ");
  return s;
}

}  // namespace

Tensor cumsum(const Tensor& x, int axis) { return running_sum(x, axis, false); }

const OpInfo cumsum_op = {"cumsum", Autocast::f32, run_cumsum, cumsum_samples};

}  // namespace cairn
