// Axes in another order; y shares memory with x.
//   permute: y's axis i is x's axis axes[i];   dx = permute(dy, inverse of axes)
//   transpose: axes a and b change places;     dx = transpose(dy, a, b)
#include <cairn/ops/axis.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>

namespace cairn {

extern const OpInfo permute_op, transpose_op;

namespace {

// The order of axes travels as a Shape: up to eight numbers without an allocation.
Tensor permuted(const Tensor& x, const Shape& axes) {
  const int rank = x.rank();
  Shape order = axes, inverse = axes, shape = axes;
  Strides strides = axes;
  uint32_t seen = 0;
  bool ok = axes.rank() == rank;
  for (int i = 0; ok && i < rank; ++i) {
    ok = axes[i] >= -rank && axes[i] < rank;
    if (!ok) break;
    const int from = int(axes[i] < 0 ? axes[i] + rank : axes[i]);
    ok = !(seen >> from & 1);
    seen |= 1u << from;
    order[i] = from;
    inverse[from] = i;
    shape[i] = x.shape()[from];
    strides[i] = x.strides()[from];
  }
  if (!ok)
    fail_shape("permute", "the axes " + axes.str() + " must name each axis of x once", {{"x", x}},
               x.rank() == 3 ? "for example permute({2, 0, 1}) puts the last axis first." : "transpose(a, b) swaps two axes and leaves the others.");
  Call op(permute_op, {x}, {{"axes", order}});
  return op.differentiable(op[0].with(shape, strides, op[0].offset()),
                           [inverse](Backward& b) { b.give(0, [&] { return permuted(b.grad(0), inverse); }); });
}

template <class Numbers> Shape as_list(const Numbers& axes, const Tensor& x) {
  if (axes.size() > size_t(Shape::max_rank)) fail_shape("permute", "there are more axes than x has", {{"x", x}}, "each axis of x is named once.");
  Shape list;
  for (int64_t a : axes) list.push_back(a);
  return list;
}

}  // namespace

Tensor permute(const Tensor& x, const std::vector<int>& axes) { return permuted(x, as_list(axes, x)); }

Tensor transpose(const Tensor& x, int a, int b) {
  const int i = axis_in("transpose", x, a), j = axis_in("transpose", x, b);
  Call op(transpose_op, {x}, {{"a", a}, {"b", b}});
  return op.differentiable(op[0].transposed(i, j), [i, j](Backward& b) { b.give(0, [&] { return transpose(b.grad(0), i, j); }); });
}

Tensor Tensor::permute(std::initializer_list<int> axes) const { return permuted(*this, as_list(axes, *this)); }
Tensor Tensor::transpose(int a, int b) const { return cairn::transpose(*this, a, b); }
Tensor Tensor::t() const {
  if (rank() < 2) fail_shape("t", "x needs two axes to swap", {{"x", *this}}, "unsqueeze(0) makes a row of a vector, unsqueeze(1) a column.");
  return cairn::transpose(*this, -2, -1);
}

namespace {

std::vector<Tensor> run_permute(const std::vector<Tensor>& in, const Attributes& a) { return {permuted(in[0], as_list(a.integers("axes"), in[0]))}; }
std::vector<Tensor> run_transpose(const std::vector<Tensor>& in, const Attributes& a) { return {transpose(in[0], a.axis("a"), a.axis("b"))}; }

Samples permute_samples() {
  Samples s(permute_op);
  s.add({sample_normal({2, 3, 4})}, {{"axes", Shape{2, 0, 1}}});
  s.add({sample_normal({2, 3, 1, 2})}, {{"axes", Shape{0, -1, 1, 2}}});
  s.add({sample_normal({3})}, {{"axes", Shape{0}}});
  s.add({sample_normal({})}, {{"axes", Shape{}}});
  s.add({sample_normal({0, 2, 1})}, {{"axes", Shape{1, 2, 0}}});
  s.fails({sample_normal({2, 3})}, {{"axes", Shape{0, 0}}}, "[permute] the axes [0, 0] must name each axis of x once (x [2, 3])");
  s.fails({sample_normal({2, 3})}, {{"axes", Shape{1}}}, "[permute] the axes [1] must name each axis of x once (x [2, 3])");
  return s;
}

Samples transpose_samples() {
  Samples s(transpose_op);
  s.add({sample_normal({2, 3})}, {{"a", 0}, {"b", 1}});
  s.add({sample_normal({2, 3, 4})}, {{"a", -1}, {"b", 0}});
  s.add({sample_normal({1, 3})}, {{"a", 1}, {"b", 1}});
  s.add({sample_normal({0, 3})}, {{"a", 0}, {"b", 1}});
  s.fails({sample_normal({2, 3})}, {{"a", 0}, {"b", 2}}, "[transpose]");
  return s;
}

}  // namespace

const OpInfo permute_op = {"permute", Autocast::widest, run_permute, permute_samples};
const OpInfo transpose_op = {"transpose", Autocast::widest, run_transpose, transpose_samples};

}  // namespace cairn
