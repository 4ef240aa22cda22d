// Sums and means over axes, and the sum that undoes a broadcast.                 x: any shape; y: x's without the axes (1 with keepdim)
//   y = sum(x)      dx = dy, repeated               integers and bool are added in i64; nothing at all adds up to 0
//   y = mean(x)     dx = dy / n, repeated           integers are averaged in f32; the mean of nothing is NaN
//   y = sum_to(x, shape): the axes that broadcasting from `shape` repeated are summed
// The gradient is a view with strides 0: it costs no memory.
#include <cairn/ops/reduce/axes.h>

namespace cairn {

extern const OpInfo sum_op, mean_op, sum_to_op;

Tensor sum_over(const Tensor& x, std::span<const int> axes, bool keepdim) {
  const Reduced r("sum", x, axes, keepdim);
  Call op(sum_op, {x}, {{"axes", r.axes}, {"keepdim", keepdim}});
  Array y = op.out(r.kept, is_floating(op[0].dtype()) ? op[0].dtype() : i64);
  op.kernel().reduce(Reduce::sum, op[0], r.mask, y);
  return op.differentiable(dropped(y, r), [mask = r.mask](Backward& b) { b.give(0, [&] { return spread(b.grad(), b.input_shape(0), mask); }); });
}

Tensor mean_over(const Tensor& input, std::span<const int> axes, bool keepdim) {
  const Tensor x = to_floating(input);
  const Reduced r("mean", x, axes, keepdim);
  Call op(mean_op, {x}, {{"axes", r.axes}, {"keepdim", keepdim}});
  Array y = op.out(r.kept);
  op.kernel().reduce(Reduce::mean, op[0], r.mask, y);
  return op.differentiable(
      dropped(y, r), [mask = r.mask, n = r.count](Backward& b) { b.give(0, [&] { return spread(b.grad() / double(n), b.input_shape(0), mask); }); });
}

Tensor sum_to(const Tensor& x, const Shape& shape) {
  const Shape& from = x.shape();
  if (from == shape) return x;
  const int more = from.rank() - shape.rank();
  Shape kept = from;
  uint32_t mask = 0;
  bool fits = more >= 0;
  for (int i = 0; fits && i < from.rank(); i++) {
    const int64_t size = i < more ? 1 : shape[i - more];
    fits = size == 1 || size == from[i];
    if (i >= more && size == from[i]) continue;
    mask |= 1u << i;
    kept[i] = 1;
  }
  if (!fits) fail_shape("sum_to", shape.str() + " does not broadcast to x", {{"x", x}}, "counted from the right, its sizes are those of x or 1.");
  Call op(sum_to_op, {x}, {{"shape", shape}});
  Array y = op.out(kept, is_floating(op[0].dtype()) ? op[0].dtype() : i64);
  op.kernel().reduce(Reduce::sum, op[0], mask, y);
  return op.differentiable(y.reshaped(shape), [](Backward& b) { b.give(0, [&] { return expand(b.grad(), b.input_shape(0)); }); });
}

Tensor sum(const Tensor& x, const Axes& axes, bool keepdim) { return sum_over(x, axes, keepdim); }
Tensor mean(const Tensor& x, const Axes& axes, bool keepdim) { return mean_over(x, axes, keepdim); }
Tensor Tensor::sum() const { return sum_over(*this, {}, false); }
Tensor Tensor::sum(int axis, bool keepdim) const { return sum_over(*this, {&axis, 1}, keepdim); }
Tensor Tensor::mean() const { return mean_over(*this, {}, false); }
Tensor Tensor::mean(int axis, bool keepdim) const { return mean_over(*this, {&axis, 1}, keepdim); }

namespace {

Tensor normal(const Shape& s) { return sample_normal(s); }

Samples sum_samples() {
  Samples s = reduction_samples(sum_op, normal, OfNothing::value);
  s.add({sample_index({3, 4}, 9)}, {{"axes", Shape{1}}, {"keepdim", false}}).add({sample_mask({7})}, {{"axes", Shape{0}}, {"keepdim", false}});
  return s;
}
Samples mean_samples() {
  Samples s = reduction_samples(mean_op, normal, OfNothing::not_finite);
  s.add({sample_index({3, 4}, 9)}, {{"axes", Shape{1}}, {"keepdim", false}});
  return s;
}

std::vector<Tensor> run_sum_to(const std::vector<Tensor>& in, const Attributes& at) { return {sum_to(in[0], at.shape())}; }
Samples sum_to_samples() {
  Samples s(sum_to_op);
  for (const auto& [x, shape] :
       {std::pair<Shape, Shape>{{5}, {}}, {{2, 3}, {3}}, {{2, 3}, {2, 1}}, {{2, 3}, {1, 1}}, {{4, 2, 3}, {2, 1}}, {{0, 3}, {3}}, {{2, 0}, {1, 0}}})
    s.add({sample_normal(x)}, {{"shape", shape}});
  s.fails({sample_normal({2, 3})}, {{"shape", Shape{2}}}, "[sum_to] [2] does not broadcast to x (x [2, 3])");
  s.fails({sample_normal({3})}, {{"shape", Shape{2, 3}}}, "[sum_to] [2, 3] does not broadcast to x (x [3])");
  return s;
}

}  // namespace

const OpInfo sum_op = {"sum", Autocast::f32, run_reduction<sum>, sum_samples};
const OpInfo mean_op = {"mean", Autocast::f32, run_reduction<mean>, mean_samples};
const OpInfo sum_to_op = {"sum_to", Autocast::widest, run_sum_to, sum_to_samples};

}  // namespace cairn
