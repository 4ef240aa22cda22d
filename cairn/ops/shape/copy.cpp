// Copies: the same values in fresh memory, in another order of memory, or as another type.
//   y = x,   dx = dy (cast back to x's type)                     x, y, dy, dx: [...]
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>

namespace cairn {

extern const OpInfo clone_op, contiguous_op, cast_op;

Tensor clone(const Tensor& x) {
  Call op(clone_op, {x});
  Array y = op.out(x.shape());
  op.kernel().copy(op[0], y);
  return op.differentiable(y, [](Backward& b) { b.give(0, [&] { return b.grad(0); }); });
}

// Row-major values: x itself where it is row-major already.
Tensor contiguous(const Tensor& x) {
  if (x.is_contiguous()) return x;
  Call op(contiguous_op, {x});
  Array y = op.out(x.shape());
  op.kernel().copy(op[0], y);
  return op.differentiable(y, [](Backward& b) { b.give(0, [&] { return b.grad(0); }); });
}

// x itself where it has the type already. Floating to integer rounds toward zero and has no gradient.
Tensor cast(const Tensor& x, DType dtype) {
  const DType from = x.dtype();
  if (from == dtype && !x.is_weak()) return x;
  Call op(cast_op, {x}, {{"dtype", dtype}});
  Array y = is_floating(dtype) ? array_like(op[0], dtype) : op.out(x.shape(), dtype);
  if (y.blocked()) {  // zeros stay zeros
    Array lanes = y.lanes();
    op.kernel().copy(op[0].lanes(), lanes);
  } else {
    op.kernel().copy(op[0], y);
  }
  if (!is_floating(dtype)) return op.not_differentiable(y, "whole numbers and truth values do not change smoothly");
  return op.differentiable(y, [from](Backward& b) { b.give(0, [&] { return cast(b.grad(0), from); }); });
}

Tensor Tensor::clone() const { return cairn::clone(*this); }
Tensor Tensor::contiguous() const { return cairn::contiguous(*this); }
Tensor Tensor::to(DType dtype) const { return cast(*this, dtype); }

namespace {

std::vector<Tensor> run_clone(const std::vector<Tensor>& in, const Attributes&) { return {clone(in[0])}; }
std::vector<Tensor> run_contiguous(const std::vector<Tensor>& in, const Attributes&) { return {contiguous(in[0])}; }
std::vector<Tensor> run_cast(const std::vector<Tensor>& in, const Attributes& a) { return {cast(in[0], a.dtype())}; }

Samples clone_samples() {
  Samples s(clone_op);
  for (const Shape& x : {Shape{}, {3}, {2, 3}, {0, 3}, {2, 1, 3}}) s.add({sample_normal(x)});
  return s;
}

Samples contiguous_samples() {
  Samples s(contiguous_op);
  s.add({transpose(sample_normal({2, 3}), 0, 1)});
  s.add({expand(sample_normal({3, 1}), {3, 4})});
  s.add({slice(sample_normal({7}), 0, {{}, {}, -2})});
  return s;
}

Samples cast_samples() {
  Samples s(cast_op);
  for (const Shape& x : {Shape{}, {2, 3}, {0, 3}}) s.add({sample_normal(x)}, {{"dtype", f64}});
  s.add({sample_index({2, 3}, 5)}, {{"dtype", f32}});
  return s;
}

}  // namespace

const OpInfo clone_op = {"clone", Autocast::widest, run_clone, clone_samples};
const OpInfo contiguous_op = {"contiguous", Autocast::widest, run_contiguous, contiguous_samples};
const OpInfo cast_op = {"cast", Autocast::widest, run_cast, cast_samples};

}  // namespace cairn
