// Parts of a tensor as views: slice (a window of an axis), select (one element of an axis); and embed, which takes them back.
//   slice:  y_i = x_(start + i step)                   dx = zeros with dy in the window: embed(dy)
//   select: y   = x_index, the axis disappears         dx = zeros with dy at index
//   embed:  y   = zeros with x in the window           dx = the window of dy
#include <algorithm>

#include <cairn/ops/axis.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>
#include <cairn/ops/shape/embed.h>

namespace cairn {

extern const OpInfo slice_op, select_op, embed_op;

Tensor slice(const Tensor& x, int axis, Slice s) {
  const int at = axis_in("slice", x, axis);
  const int64_t size = x.shape()[at];
  const Window w = resolve_slice("slice", s, size);
  Attr attributes[4] = {{"axis", axis}, {"step", s.step}, {"start", s.start.value_or(0)}, {"stop", s.stop.value_or(0)}};
  int count = 3;  // a missing end is a missing attribute
  if (s.start && s.stop) count = 4;
  else if (s.stop) attributes[2] = attributes[3];
  else if (!s.start) count = 2;
  Call op(slice_op, std::span<const Tensor>(&x, 1), std::span<const Attr>(attributes, size_t(count)));
  return op.differentiable(op[0].sliced(at, w.start, w.length, w.step),
                           [at, size, w](Backward& b) { b.give(0, [&] { return embed(b.grad(0), at, size, w); }); });
}

Tensor select(const Tensor& x, int axis, int64_t index) {
  const int at = axis_in("select", x, axis);
  const int64_t size = x.shape()[at], i = index < 0 ? index + size : index;
  if (i < 0 || i >= size)
    throw IndexError("[select] index " + std::to_string(index) + " is outside axis " + std::to_string(axis) + " of size " + std::to_string(size) +
                     " (x " + x.shape().str() + ")." +
                     (size == 0 ? " Hint: the axis is empty." : " Hint: the last is " + std::to_string(size - 1) + ", which is also -1."));
  Call op(select_op, {x}, {{"axis", axis}, {"index", index}});
  Shape shape = op[0].shape();
  Strides strides = op[0].strides();
  const int64_t offset = op[0].offset() + i * strides[at];
  shape.erase(at);
  strides.erase(at);
  return op.differentiable(op[0].with(shape, strides, offset), [at, size, i](Backward& b) {
    b.give(0, [&] { return embed(unsqueeze(b.grad(0), at), at, size, {i, 1, 1}); });
  });
}

Tensor embed(const Tensor& x, int axis, int64_t size, Window w) {
  Call op(embed_op, {x}, {{"axis", axis}, {"size", size}, {"start", w.start}, {"step", w.step}});
  Shape shape = x.shape();
  shape[axis] = size;
  Array y = op.out(shape);
  if (w.length != size) op.kernel().fill(y, 0);
  Array window = y.sliced(axis, w.start, w.length, w.step);
  op.kernel().copy(op[0], window);
  return op.differentiable(y, [axis, w](Backward& b) { b.give(0, [&] { return slice(b.grad(0), axis, slice_of(w)); }); });
}

Tensor Tensor::slice(int axis, Slice s) const { return cairn::slice(*this, axis, s); }
Tensor Tensor::select(int axis, int64_t index) const { return cairn::select(*this, axis, index); }

namespace {

std::vector<Tensor> run_slice(const std::vector<Tensor>& in, const Attributes& a) {
  Slice s;
  if (a.has("start")) s.start = a.integer("start");
  if (a.has("stop")) s.stop = a.integer("stop");
  if (a.has("step")) s.step = a.integer("step");
  return {slice(in[0], a.axis(), s)};
}
std::vector<Tensor> run_select(const std::vector<Tensor>& in, const Attributes& a) { return {select(in[0], a.axis(), a.integer("index"))}; }
std::vector<Tensor> run_embed(const std::vector<Tensor>& in, const Attributes& a) {
  const int axis = axis_in("embed", in[0], a.axis());
  const int64_t size = a.integer("size"), start = a.integer("start"), step = a.integer("step"), length = in[0].size(axis);
  int64_t last = 0;  // the window's last place
  const bool overflow = __builtin_mul_overflow(std::max<int64_t>(length - 1, 0), step, &last) || __builtin_add_overflow(last, start, &last);
  if (size < 0 || (length > 0 && (overflow || start < 0 || start >= size || last < 0 || last >= size || (length > 1 && step == 0))))
    fail_shape("embed", "the window does not lie within the axis", {{"x", in[0]}}, "it ends before the size.");
  return {embed(in[0], axis, size, {start, length, step})};
}

Samples slice_samples() {
  Samples s(slice_op);
  s.add({sample_normal({6})}, {{"axis", 0}, {"start", 1}, {"stop", 5}, {"step", 2}});
  s.add({sample_normal({2, 5})}, {{"axis", -1}, {"stop", -1}});
  s.add({sample_normal({2, 5})}, {{"axis", 1}, {"step", -1}});
  s.add({sample_normal({7, 2})}, {{"axis", 0}, {"start", 5}, {"stop", 0}, {"step", -2}});
  s.add({sample_normal({3, 2})}, {{"axis", 0}, {"start", 2}, {"stop", 1}});
  s.add({sample_normal({0, 2})}, {{"axis", 0}, {"start", 1}});
  s.add({sample_normal({1, 1})}, {{"axis", 1}, {"start", -100}, {"stop", 100}});
  s.fails({sample_normal({3})}, {{"axis", 0}, {"step", 0}}, "[slice] the step must not be 0");
  s.fails({sample_normal({3})}, {{"axis", 1}}, "[slice]");
  return s;
}

Samples select_samples() {
  Samples s(select_op);
  s.add({sample_normal({3, 4})}, {{"axis", 0}, {"index", 1}});
  s.add({sample_normal({3, 4, 2})}, {{"axis", 1}, {"index", -1}});
  s.add({sample_normal({1})}, {{"axis", 0}, {"index", 0}});
  s.add({sample_normal({2, 0})}, {{"axis", 0}, {"index", 1}});
  s.fails({sample_normal({3, 4})}, {{"axis", 0}, {"index", 5}}, "[select] index 5 is outside axis 0 of size 3 (x [3, 4])");
  s.fails({sample_normal({3, 4})}, {{"axis", 1}, {"index", -5}}, "[select] index -5 is outside axis 1 of size 4 (x [3, 4])");
  return s;
}

Samples embed_samples() {
  Samples s(embed_op);
  s.add({sample_normal({2, 3})}, {{"axis", 1}, {"size", 5}, {"start", 1}, {"step", 1}});
  s.add({sample_normal({3})}, {{"axis", 0}, {"size", 7}, {"start", 6}, {"step", -3}});
  s.add({sample_normal({3})}, {{"axis", 0}, {"size", 3}, {"start", 2}, {"step", -1}});
  s.add({sample_normal({0, 2})}, {{"axis", 0}, {"size", 2}, {"start", 0}, {"step", 1}});
  s.add({sample_normal({1})}, {{"axis", 0}, {"size", 3}, {"start", 2}, {"step", 9}});
  s.fails({sample_normal({3})}, {{"axis", 0}, {"size", 4}, {"start", 2}, {"step", 1}}, "[embed] the window does not lie within the axis (x [3])");
  s.fails({sample_normal({3})}, {{"axis", 0}, {"size", 4}, {"start", 2}, {"step", -2}}, "[embed] the window does not lie within the axis (x [3])");
  return s;
}

}  // namespace

const OpInfo slice_op = {"slice", Autocast::widest, run_slice, slice_samples};
const OpInfo select_op = {"select", Autocast::widest, run_select, select_samples};
const OpInfo embed_op = {"embed", Autocast::widest, run_embed, embed_samples};

}  // namespace cairn
