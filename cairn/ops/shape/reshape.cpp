// Views that only rename positions: reshape, flatten, squeeze, unsqueeze; and expand, which repeats without copying.
//   y shares memory with x (reshape copies where the strides force it)
//   dx = dy in the shape of x; for expand, summed over the repeated axes
#include <cairn/ops/axis.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>
#include <cairn/ops/shape/view.h>

namespace cairn {

extern const OpInfo reshape_op, squeeze_op, unsqueeze_op, expand_op;

Tensor reshape(const Tensor& x, const Shape& shape) {
  const Shape to = resolve_shape("reshape", x, shape), from = x.shape();
  if (to == from) return x;
  Call op(reshape_op, {x}, {{"shape", shape}});
  return op.differentiable(reshaped_or_copied(op[0], to), [from](Backward& b) { b.give(0, [&] { return reshape(b.grad(0), from); }); });
}

Tensor unsqueeze(const Tensor& x, int axis) {
  check_rank("unsqueeze", x, {0, Shape::max_rank - 1});
  const int at = axis_in("unsqueeze", x, axis, 1);
  Call op(unsqueeze_op, {x}, {{"axis", axis}});
  Shape shape = x.shape();
  Strides strides = x.strides();
  strides.insert(at, at < x.rank() ? strides[at] * shape[at] : 1);
  shape.insert(at, 1);
  return op.differentiable(op[0].with(shape, strides, op[0].offset()), [at](Backward& b) { b.give(0, [&] { return squeeze(b.grad(0), at); }); });
}

Tensor squeeze(const Tensor& x, int axis) {
  const int at = axis_in("squeeze", x, axis);
  if (x.shape()[at] != 1)
    fail_shape("squeeze", "axis " + std::to_string(axis) + " has " + std::to_string(x.shape()[at]) + " elements, not 1", {{"x", x}},
               "squeeze() without an axis drops all axes of size 1; select(axis, i) takes one element of an axis.");
  Call op(squeeze_op, {x}, {{"axis", axis}});
  Shape shape = x.shape();
  Strides strides = x.strides();
  shape.erase(at);
  strides.erase(at);
  return op.differentiable(op[0].with(shape, strides, op[0].offset()), [at](Backward& b) { b.give(0, [&] { return unsqueeze(b.grad(0), at); }); });
}

// Axes of size 1 are repeated with stride 0, new axes come in front; -1 keeps a size.
Tensor expand(const Tensor& x, const Shape& shape) {
  const Shape from = x.shape();
  const int more = shape.rank() - from.rank();
  Shape to = shape;
  bool fits = more >= 0;
  for (int i = 0; fits && i < shape.rank(); ++i) {
    if (i >= more && to[i] == -1) to[i] = from[i - more];
    fits = to[i] >= 0 && (i < more || from[i - more] == 1 || from[i - more] == to[i]);
  }
  if (!fits) fail_shape("expand", "x does not expand to " + shape.str(), {{"x", x}}, "only axes of size 1 repeat; new axes come in front.");
  if (to == from) return x;
  checked_bytes(to, size_of(x.dtype()));
  Call op(expand_op, {x}, {{"shape", shape}});
  return op.differentiable(op[0].expanded(to), [from](Backward& b) { b.give(0, [&] { return sum_to(b.grad(0), from); }); });
}

Tensor Tensor::reshape(const Shape& shape) const { return cairn::reshape(*this, shape); }
Tensor Tensor::expand(const Shape& shape) const { return cairn::expand(*this, shape); }
Tensor Tensor::unsqueeze(int axis) const { return cairn::unsqueeze(*this, axis); }
Tensor Tensor::squeeze(int axis) const { return cairn::squeeze(*this, axis); }

Tensor Tensor::squeeze() const {
  Tensor y = *this;
  for (int axis = rank() - 1; axis >= 0; --axis)
    if (shape()[axis] == 1) y = cairn::squeeze(y, axis);
  return y;
}

// Axes `from` to `to`, both included, become one.
Tensor Tensor::flatten(int from, int to) const {
  if (rank() == 0) return cairn::reshape(*this, {1});
  const int first = axis_in("flatten", *this, from), last = axis_in("flatten", *this, to);
  if (first > last)
    fail_shape("flatten", "axis " + std::to_string(from) + " comes after axis " + std::to_string(to), {{"x", *this}},
               "the first axis to join comes first: flatten(" + std::to_string(to) + ", " + std::to_string(from) + ").");
  Shape flat;
  int64_t run = 1;
  for (int i = 0; i < rank(); ++i) {
    if (i < first || i > last) flat.push_back(shape()[i]);
    else if (run *= shape()[i]; i == last) flat.push_back(run);
  }
  return cairn::reshape(*this, flat);
}

namespace {

std::vector<Tensor> run_reshape(const std::vector<Tensor>& in, const Attributes& a) { return {reshape(in[0], a.shape())}; }
std::vector<Tensor> run_expand(const std::vector<Tensor>& in, const Attributes& a) { return {expand(in[0], a.shape())}; }
std::vector<Tensor> run_squeeze(const std::vector<Tensor>& in, const Attributes& a) { return {squeeze(in[0], a.axis())}; }
std::vector<Tensor> run_unsqueeze(const std::vector<Tensor>& in, const Attributes& a) { return {unsqueeze(in[0], a.axis())}; }

Samples reshape_samples() {
  Samples s(reshape_op);
  s.add({sample_normal({2, 6})}, {{"shape", Shape{3, 4}}});
  s.add({sample_normal({2, 3, 4})}, {{"shape", Shape{2, -1}}});
  s.add({sample_normal({1})}, {{"shape", Shape{}}});
  s.add({sample_normal({0, 3})}, {{"shape", Shape{3, 0, 2}}});
  s.add({transpose(sample_normal({3, 4}), 0, 1)}, {{"shape", Shape{2, 6}}});
  s.fails({sample_normal({2, 3})}, {{"shape", Shape{4, 2}}}, "[reshape] 6 elements do not fill the shape [4, 2] (x [2, 3])");
  s.fails({sample_normal({2, 3})}, {{"shape", Shape{4, -1}}}, "[reshape] 6 elements do not fill the shape [4, -1] (x [2, 3])");
  s.fails({sample_normal({2, 3})}, {{"shape", Shape{-1, -1}}}, "[reshape] only one size of [-1, -1] may be -1 (x [2, 3])");
  return s;
}

Samples expand_samples() {
  Samples s(expand_op);
  s.add({sample_normal({3, 1})}, {{"shape", Shape{3, 4}}});
  s.add({sample_normal({1, 3})}, {{"shape", Shape{2, 2, -1}}});
  s.add({sample_normal({})}, {{"shape", Shape{2}}});
  s.add({sample_normal({1, 2})}, {{"shape", Shape{0, 2}}});
  s.fails({sample_normal({2, 3})}, {{"shape", Shape{4, 3}}}, "[expand] x does not expand to [4, 3] (x [2, 3])");
  s.fails({sample_normal({2, 3})}, {{"shape", Shape{3}}}, "[expand] x does not expand to [3] (x [2, 3])");
  return s;
}

Samples squeeze_samples() {
  Samples s(squeeze_op);
  s.add({sample_normal({2, 1, 3})}, {{"axis", 1}});
  s.add({sample_normal({1})}, {{"axis", -1}});
  s.add({sample_normal({0, 1})}, {{"axis", -1}});
  s.fails({sample_normal({2, 3})}, {{"axis", 1}}, "[squeeze] axis 1 has 3 elements, not 1 (x [2, 3])");
  return s;
}

Samples unsqueeze_samples() {
  Samples s(unsqueeze_op);
  s.add({sample_normal({2, 3})}, {{"axis", 1}});
  s.add({sample_normal({2, 3})}, {{"axis", -1}});
  s.add({sample_normal({})}, {{"axis", 0}});
  s.add({sample_normal({0, 2})}, {{"axis", 0}});
  s.fails({sample_normal({2, 3})}, {{"axis", 4}}, "[unsqueeze]");
  return s;
}

}  // namespace

const OpInfo reshape_op = {"reshape", Autocast::widest, run_reshape, reshape_samples};
const OpInfo expand_op = {"expand", Autocast::widest, run_expand, expand_samples};
const OpInfo squeeze_op = {"squeeze", Autocast::widest, run_squeeze, squeeze_samples};
const OpInfo unsqueeze_op = {"unsqueeze", Autocast::widest, run_unsqueeze, unsqueeze_samples};

}  // namespace cairn
