// The largest and the smallest over axes, whether any or all are true.     x: any shape; y: x's without the axes (1 with keepdim)
//   y = max(x)     dx = dy / k for the k elements that are equal to y, otherwise 0 (min alike)
//   any, all: what is not 0 is true; any of nothing is false, all of nothing is true
// NaN wins. An axis of size 0 has no largest element: ShapeError.
#include <cairn/ops/reduce/axes.h>

namespace cairn {

extern const OpInfo max_op, min_op, any_op, all_op;

namespace {

Tensor extremum(const OpInfo& info, Reduce f, const Tensor& x, std::span<const int> axes, bool keepdim) {
  const Reduced r(info.name, x, axes, keepdim);
  check_not_empty(info.name, x, r);
  Call op(info, {x}, {{"axes", r.axes}, {"keepdim", keepdim}});
  Array y = op.out(r.kept);
  op.kernel().reduce(f, op[0], r.mask, y);
  return op.differentiable(dropped(y, r), op.save_output({0}), [mask = r.mask](Backward& b) {
    b.give(0, [&] {
      Tensor x = b.input(0), y = kept_form(b.output(), x.shape(), mask), dy = kept_form(b.grad(), x.shape(), mask);
      Tensor chosen = x == y;
      return where(chosen, dy / sum_to(chosen, y.shape()), 0);
    });
  });
}

Tensor truth(const OpInfo& info, Reduce f, const Tensor& x, const Axes& axes, bool keepdim) {
  const Reduced r(info.name, x, axes, keepdim);
  Call op(info, {x}, {{"axes", r.axes}, {"keepdim", keepdim}});
  Array y = op.out(r.kept, boolean);
  op.kernel().reduce(f, op[0], r.mask, y);
  return op.not_differentiable(dropped(y, r), "piecewise constant");
}

Tensor distinct(const Shape& s) { return sample_distinct(s); }

template <const OpInfo& op> Samples extremum_samples() {
  Samples s = reduction_samples(op, distinct, OfNothing::error);
  s.add({sample_index({3, 4}, 5)}, {{"axes", Shape{0}}, {"keepdim", false}});
  return s;
}
template <const OpInfo& op> Samples truth_samples() {
  Samples s = reduction_samples(
      op, [](const Shape& shape) { return cast(sample_index(shape, 3), f32); }, OfNothing::value);
  s.no_gradient("the answer is a bool");
  s.add({sample_mask({3, 4})}, {{"axes", Shape{0}}, {"keepdim", false}}).add({zeros({3, 4})}, {{"axes", Shape{1}}, {"keepdim", true}});
  return s;
}

}  // namespace

Tensor max(const Tensor& x, const Axes& axes, bool keepdim) { return extremum(max_op, Reduce::max, x, axes, keepdim); }
Tensor min(const Tensor& x, const Axes& axes, bool keepdim) { return extremum(min_op, Reduce::min, x, axes, keepdim); }
Tensor any(const Tensor& x, const Axes& axes, bool keepdim) { return truth(any_op, Reduce::any, x, axes, keepdim); }
Tensor all(const Tensor& x, const Axes& axes, bool keepdim) { return truth(all_op, Reduce::all, x, axes, keepdim); }
Tensor Tensor::max() const { return extremum(max_op, Reduce::max, *this, {}, false); }
Tensor Tensor::min() const { return extremum(min_op, Reduce::min, *this, {}, false); }

const OpInfo max_op = {"max", Autocast::widest, run_reduction<max>, extremum_samples<max_op>};
const OpInfo min_op = {"min", Autocast::widest, run_reduction<min>, extremum_samples<min_op>};
const OpInfo any_op = {"any", Autocast::widest, run_reduction<any>, truth_samples<any_op>};
const OpInfo all_op = {"all", Autocast::widest, run_reduction<all>, truth_samples<all_op>};

}  // namespace cairn
