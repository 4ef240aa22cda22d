// y = log(sum(exp(x))) over axes, without overflow.                      x: any shape; y: x's without the axes (1 with keepdim)
//   dx = dy exp(x - y), 0 where y = -infinity
// Integers are computed in f32. Of nothing, and of nothing but -infinity: -infinity.
#include <cairn/ops/reduce/axes.h>

namespace cairn {

extern const OpInfo logsumexp_op;

Tensor logsumexp(const Tensor& input, const Axes& axes, bool keepdim) {
  const Tensor x = to_floating(input);
  const Reduced r("logsumexp", x, axes, keepdim);
  Call op(logsumexp_op, {x}, {{"axes", r.axes}, {"keepdim", keepdim}});
  Array y = op.out(r.kept);
  op.kernel().reduce(Reduce::logsumexp, op[0], r.mask, y);
  return op.differentiable(dropped(y, r), op.save_output({0}), [mask = r.mask](Backward& b) {
    b.give(0, [&] {
      Tensor x = b.input(0), y = kept_form(b.output(), x.shape(), mask), dy = kept_form(b.grad(), x.shape(), mask);
      return dy * exp(x - where(y == -std::numeric_limits<double>::infinity(), 0.0, y));
    });
  });
}

namespace {

Samples logsumexp_samples() {
  Samples s = reduction_samples(
      logsumexp_op, [](const Shape& shape) { return sample_normal(shape); }, OfNothing::not_finite);
  s.add({sample_index({3, 4}, 9)}, {{"axes", Shape{1}}, {"keepdim", false}});
  return s;
}

}  // namespace

const OpInfo logsumexp_op = {"logsumexp", Autocast::f32, run_reduction<logsumexp>, logsumexp_samples};

}  // namespace cairn
