// Where the largest or smallest element stands along an axis: the first of equals; NaN wins.     x: [..., n, ...]   y: i64, without the axis
#include <cairn/ops/reduce/axes.h>

namespace cairn {

extern const OpInfo argmax_op, argmin_op;

namespace {

Tensor place(const OpInfo& info, bool largest, const Tensor& x, int axis, bool keepdim) {
  const int at = line_axis(info.name, x, axis), line[] = {at};
  const Reduced r(info.name, x, x.rank() ? std::span<const int>(line) : std::span<const int>(), keepdim);
  check_not_empty(info.name, x, r);
  Call op(info, {x}, {{"axis", axis}, {"keepdim", keepdim}});
  Array y = op.out(x.rank() ? r.kept : Shape{1}, i64);
  op.kernel().arg_reduce(largest, as_line(op[0]), at, y);
  return op.not_differentiable(y.reshaped(r.result), "a position is piecewise constant");
}

template <Tensor (*f)(const Tensor&, int, bool)> std::vector<Tensor> run_arg(const std::vector<Tensor>& in, const Attributes& at) {
  return {f(in[0], at.axis(), at.boolean("keepdim"))};
}

template <const OpInfo& op> Samples arg_samples() {
  Samples s(op);
  s.no_gradient("the answer is a position");
  s.add({sample_normal({})}, {{"axis", -1}, {"keepdim", false}}).add({sample_normal({9})}, {{"axis", 0}, {"keepdim", true}});
  s.add({sample_index({3, 5}, 3)}, {{"axis", 0}, {"keepdim", false}}).add({sample_index({2, 3, 4}, 3)}, {{"axis", 1}, {"keepdim", true}});
  s.add({sample_normal({4, 1})}, {{"axis", -1}, {"keepdim", false}}).add({sample_normal({0, 3})}, {{"axis", 1}, {"keepdim", false}});
  s.fails({sample_normal({0, 3})}, {{"axis", 0}, {"keepdim", false}}, "[" + std::string(op.name) + "] cannot reduce an axis of size 0 (x [0, 3])");
  return s;
}

}  // namespace

Tensor argmax(const Tensor& x, int axis, bool keepdim) { return place(argmax_op, true, x, axis, keepdim); }
Tensor argmin(const Tensor& x, int axis, bool keepdim) { return place(argmin_op, false, x, axis, keepdim); }
Tensor Tensor::argmax(int axis, bool keepdim) const { return cairn::argmax(*this, axis, keepdim); }

const OpInfo argmax_op = {"argmax", Autocast::widest, run_arg<argmax>, arg_samples<argmax_op>};
const OpInfo argmin_op = {"argmin", Autocast::widest, run_arg<argmin>, arg_samples<argmin_op>};

}  // namespace cairn
