// Ops that lay the values of x out anew: pad, roll, flip, repeat.
//   pad:    y = x with `value` around it               dx = the inner part of dy
//   roll:   y_i = x_(i - shift), cyclic                dx = roll(dy, -shift)
//   flip:   y_i = x_(n - 1 - i) on each axis           dx = flip(dy)
//   repeat: y = x side by side, times[i] along axis i  dx = the sum of the tiles of dy
#include <cairn/ops/axis.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>
#include <cairn/ops/shape/view.h>

namespace cairn {

extern const OpInfo pad_op, roll_op, flip_op, repeat_op;

// amounts: (before, after) of the last axis, then of the one before it, ... Negative amounts cut off.
Tensor pad(const Tensor& x, const std::vector<int64_t>& amounts, double value) {
  const int rank = x.rank();
  if (amounts.size() % 2 || int(amounts.size()) > 2 * rank)
    fail_shape("pad",
               "the amounts must be pairs (before, after), at most one for each axis, but there are " + std::to_string(amounts.size()) + " numbers",
               {{"x", x}}, "the last axis comes first: {left, right, top, bottom} for images.");
  constexpr int64_t most = int64_t{1} << 60;
  Tensor inner = x;
  Shape start = Shape::filled(rank, 0), shape = x.shape();
  for (size_t i = 0; i < amounts.size(); i += 2) {
    const int axis = rank - 1 - int(i / 2);
    const int64_t before = amounts[i], after = amounts[i + 1], n = shape[axis];
    if (before > most || after > most)
      throw OutOfMemoryError("[pad] no memory holds axis " + std::to_string(axis) + " with (" + std::to_string(before) + ", " +
                             std::to_string(after) + ") more elements. Hint: smaller amounts.");
    if (before < -n || after < -n || before + after + n < 0)
      fail_shape("pad", "axis " + std::to_string(axis) + " is too short to cut off (" + std::to_string(before) + ", " + std::to_string(after) + ")",
                 {{"x", x}}, "negative amounts cut off, at most " + std::to_string(n) + " elements of this axis.");
    if (before < 0 || after < 0) inner = slice(inner, axis, {std::max<int64_t>(0, -before), n + std::min<int64_t>(0, after)});
    start[axis] = std::max<int64_t>(0, before);
    shape[axis] = n + before + after;
  }
  if (inner.shape() == shape) return inner;
  checked_bytes(shape, size_of(x.dtype()));

  std::vector<int64_t> grown = amounts;  // what is left to do after cutting
  for (int64_t& n : grown) n = std::max<int64_t>(0, n);
  Call op(pad_op, {inner}, {{"amounts", std::span<const int64_t>(grown)}, {"value", value}});
  const Shape size = op[0].shape();
  const auto within = [rank, start, size](Array y) {
    for (int axis = 0; axis < rank; ++axis) y = y.sliced(axis, start[axis], size[axis]);
    return y;
  };
  Array y = op.out(shape);
  op.kernel().fill(y, value);
  Array middle = within(y);
  op.kernel().copy(op[0], middle);
  return op.differentiable(y, [start, size](Backward& b) {
    b.give(0, [&] {
      Tensor dx = b.grad(0);
      for (int axis = 0; axis < size.rank(); ++axis)
        if (dx.shape()[axis] != size[axis]) dx = slice(dx, axis, {start[axis], start[axis] + size[axis]});
      return dx;
    });
  });
}

Tensor roll(const Tensor& x, int64_t shift, int axis) {
  const int at = axis_in("roll", x, axis);
  const int64_t n = x.shape()[at], by = n ? (shift % n + n) % n : 0;
  Call op(roll_op, {x}, {{"shift", shift}, {"axis", axis}});
  Array y = op.out(x.shape());
  Array front = y.sliced(at, 0, by), back = y.sliced(at, by, n - by);
  op.kernel().copy(op[0].sliced(at, by ? n - by : 0, by), front);
  op.kernel().copy(op[0].sliced(at, 0, n - by), back);
  return op.differentiable(y, [at, by](Backward& b) { b.give(0, [&] { return roll(b.grad(0), -by, at); }); });
}

Tensor flip(const Tensor& x, const Axes& axes) {
  uint32_t turned = axes.empty() ? (1u << x.rank()) - 1 : 0;
  Shape list;
  for (int axis : axes) {
    const int at = axis_in("flip", x, axis);
    if (turned >> at & 1)
      fail_shape("flip", "axis " + std::to_string(axis) + " is named twice", {{"x", x}}, "turned twice it would be as before: leave it out.");
    turned |= 1u << at;
    list.push_back(axis);
  }
  Call op(flip_op, {x}, {{"axes", list}});
  Array y = op.out(x.shape()), view = op[0];
  for (int axis = 0; axis < x.rank() && x.numel() > 0; ++axis)
    if (turned >> axis & 1) view = view.sliced(axis, view.size(axis) - 1, view.size(axis), -1);
  op.kernel().copy(view, y);
  return op.differentiable(y, [turned](Backward& b) {
    b.give(0, [&] {
      Axes same;
      for (int axis = 0; axis < Shape::max_rank; ++axis)
        if (turned >> axis & 1) same.push_back(axis);
      return flip(b.grad(0), same);
    });
  });
}

namespace {

// One axis at a time, so that the rank never grows past three: y [before, times, size * after] of x [before, size * after].
Array tiled(const Array& x, int axis, int64_t times) {
  Shape shape = x.shape();
  int64_t before = 1, rest = 1;
  for (int i = 0; i < shape.rank(); ++i) (i < axis ? before : rest) *= shape[i];
  shape[axis] *= times;
  checked_bytes(shape, size_of(x.dtype()));
  Array y({before, times, rest}, x.dtype());
  backend().copy(x.reshaped({before, 1, rest}).expanded({before, times, rest}), y);
  return y.reshaped(shape);
}

// Its gradient: the tiles added up.
Tensor untiled(const Tensor& dy, int axis, int64_t times) {
  Shape shape = dy.shape();
  int64_t before = 1, rest = 1;
  shape[axis] /= times;
  for (int i = 0; i < shape.rank(); ++i) (i < axis ? before : rest) *= shape[i];
  return reshape(sum(reshape(dy, {before, times, rest}), {1}), shape);
}

}  // namespace

Tensor repeat(const Tensor& x, const std::vector<int64_t>& times) {
  bool ok = int(times.size()) >= x.rank() && int(times.size()) <= Shape::max_rank;
  for (int64_t t : times) ok = ok && t >= 0;
  if (!ok) {
    const std::string given = times.size() <= size_t(Shape::max_rank) ? Shape(times).str() : std::to_string(times.size()) + " numbers";
    fail_shape("repeat", "times must have a number >= 0 for each axis (more of them make new axes in front), not " + given, {{"x", x}},
               "1 leaves an axis as it is.");
  }
  Call op(repeat_op, {x}, {{"times", std::span<const int64_t>(times)}});
  const Shape from = op[0].shape(), count(times);
  Shape full = Shape::filled(count.rank() - from.rank(), 1);
  for (int64_t n : from) full.push_back(n);
  Array y = contiguous_copy(op[0]).reshaped(full);
  for (int axis = full.rank() - 1; axis >= 0; --axis)
    if (count[axis] != 1) y = tiled(y, axis, count[axis]);
  return op.differentiable(y, [from, count](Backward& b) {
    b.give(0, [&] {
      if (count.numel() == 0) return zeros(from, b.grad(0).dtype());
      Tensor dx = b.grad(0);
      for (int axis = 0; axis < count.rank(); ++axis)
        if (count[axis] != 1) dx = untiled(dx, axis, count[axis]);
      return reshape(dx, from);
    });
  });
}

namespace {

std::vector<Tensor> run_pad(const std::vector<Tensor>& in, const Attributes& a) {
  return {pad(in[0], a.integers("amounts"), a.has("value") ? a.number("value") : 0)};
}
std::vector<Tensor> run_roll(const std::vector<Tensor>& in, const Attributes& a) { return {roll(in[0], a.integer("shift"), a.axis())}; }
std::vector<Tensor> run_repeat(const std::vector<Tensor>& in, const Attributes& a) { return {repeat(in[0], a.integers("times"))}; }
std::vector<Tensor> run_flip(const std::vector<Tensor>& in, const Attributes& a) {
  const std::vector<int64_t>& axes = a.integers("axes");
  return {flip(in[0], Axes(axes.begin(), axes.end()))};
}

Samples pad_samples() {
  Samples s(pad_op);
  s.add({sample_normal({2, 3})}, {{"amounts", Shape{1, 2}}, {"value", 0.5}});
  s.add({sample_normal({2, 3})}, {{"amounts", Shape{0, 1, 2, 0}}});
  s.add({sample_normal({2, 4})}, {{"amounts", Shape{-1, 2, 0, -1}}, {"value", -1.0}});
  s.add({sample_normal({1})}, {{"amounts", Shape{1, 1}}});
  s.add({sample_normal({0, 2})}, {{"amounts", Shape{0, 0, 1, 1}}, {"value", 3.0}});
  s.fails({sample_normal({3})}, {{"amounts", Shape{1}}},
          "[pad] the amounts must be pairs (before, after), at most one for each axis, but there are 1 numbers (x [3])");
  s.fails({sample_normal({3})}, {{"amounts", Shape{-2, -2}}}, "[pad] axis 0 is too short to cut off (-2, -2) (x [3])");
  return s;
}

Samples roll_samples() {
  Samples s(roll_op);
  s.add({sample_normal({5})}, {{"shift", 2}, {"axis", 0}});
  s.add({sample_normal({2, 3})}, {{"shift", -1}, {"axis", -1}});
  s.add({sample_normal({3, 2})}, {{"shift", 7}, {"axis", 0}});
  s.add({sample_normal({1, 2})}, {{"shift", 1}, {"axis", 0}});
  s.add({sample_normal({0, 2})}, {{"shift", 1}, {"axis", 0}});
  s.fails({sample_normal({3})}, {{"shift", 1}, {"axis", 1}}, "[roll]");
  return s;
}

Samples flip_samples() {
  Samples s(flip_op);
  s.add({sample_normal({2, 3})}, {{"axes", Shape{1}}});
  s.add({sample_normal({2, 3})}, {{"axes", Shape{0, -1}}});
  s.add({sample_normal({2, 3, 2})}, {{"axes", Shape{}}});
  s.add({sample_normal({1})}, {{"axes", Shape{0}}});
  s.add({sample_normal({0, 3})}, {{"axes", Shape{0}}});
  s.fails({sample_normal({2, 3})}, {{"axes", Shape{1, -1}}}, "[flip] axis -1 is named twice (x [2, 3])");
  return s;
}

Samples repeat_samples() {
  Samples s(repeat_op);
  s.add({sample_normal({2, 3})}, {{"times", Shape{2, 3}}});
  s.add({sample_normal({3})}, {{"times", Shape{2, 1, 2}}});
  s.add({sample_normal({2, 3})}, {{"times", Shape{1, 1}}});
  s.add({sample_normal({})}, {{"times", Shape{3}}});
  s.add({sample_normal({2, 2})}, {{"times", Shape{0, 2}}});
  s.add({sample_normal({0, 2})}, {{"times", Shape{2, 2}}});
  s.fails({sample_normal({2, 3})}, {{"times", Shape{2}}},
          "[repeat] times must have a number >= 0 for each axis (more of them make new axes in front), not [2] (x [2, 3])");
  return s;
}

}  // namespace

const OpInfo pad_op = {"pad", Autocast::widest, run_pad, pad_samples};
const OpInfo roll_op = {"roll", Autocast::widest, run_roll, roll_samples};
const OpInfo flip_op = {"flip", Autocast::widest, run_flip, flip_samples};
const OpInfo repeat_op = {"repeat", Autocast::widest, run_repeat, repeat_samples};

}  // namespace cairn
