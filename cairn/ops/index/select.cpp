// Whole slices by number, and its adjoint.                     x: [.., n, ..]   index: [k]   y: [.., k, ..]
//   index_select: y[.., i, ..] = x[.., index_i, ..]            dx = index_add(dy, index)
//   index_add:    y = zeros; y[.., index_i, ..] += x[.., i, ..]    dx = index_select(dy, index)
#include <cairn/ops/axis.h>
#include <cairn/ops/index/select.h>
#include <cairn/ops/samples.h>

namespace cairn {

extern const OpInfo index_select_op, index_add_op;

void check_index(const char* op, const Tensor& index) {
  const std::string tag = "[" + std::string(op) + "] ";
  if (!index.defined()) throw StateError(tag + "index is not defined (an empty Tensor). Hint: was it ever assigned?");
  if (index.dtype() != i32 && index.dtype() != i64)
    throw DtypeError(tag + "index must be i64 or i32, it is " + name_of(index.dtype()) + ". Hint: index.to(i64).");
}

Array wrapped(const char* op, const Array& index, int axis, int64_t size) {
  Array y(index.shape(), i64);
  const Status status = backend().wrap_indices(index, size, y);
  if (!status.ok())
    check_status(op, status, "axis " + std::to_string(axis) + " of size " + std::to_string(size) + " (index " + index.shape().str() + ")");
  return y;
}

Tensor index_select(const Tensor& x, int axis, const Tensor& index) {
  check_index("index_select", index);
  const int at = axis_in("index_select", x, axis);
  if (index.rank() != 1)
    fail_shape("index_select", "index must be a vector", {{"x", x}, {"index", index}}, "gather takes an index for each element.");
  Call op(index_select_op, {x, index}, {{"axis", axis}});
  const int64_t size = op[0].shape()[at];
  const Array picks = wrapped("index_select", op[1], at, size);
  Shape shape = op[0].shape();
  shape[at] = picks.size(0);
  Array y = op.out(shape);
  op.kernel().index_select(op[0], at, picks, y);
  return op.differentiable(y, op.save({}, {picks}),
                           [at, size](Backward& b) { b.give(0, [&] { return index_add(b.grad(0), at, b.stored(0), size); }); });
}

Tensor index_add(const Tensor& source, int axis, const Tensor& index, int64_t size) {
  const int at = axis_in("index_add", source, axis);
  check_index("index_add", index);
  if (index.shape() != Shape{source.shape()[at]})
    fail_shape("index_add", "index must be a vector with a number for each slice of axis " + std::to_string(axis),
               {{"source", source}, {"index", index}}, "slice i of the source is added at index[i].");
  Call op(index_add_op, {source, index}, {{"axis", axis}, {"size", size}});
  const Array picks = wrapped("index_add", op[1], at, size);
  Shape shape = op[0].shape();
  shape[at] = size;
  Array y = op.out(shape);
  op.kernel().fill(y, 0);
  op.kernel().index_add(at, picks, op[0], y);
  return op.differentiable(y, op.save({}, {picks}), [at](Backward& b) { b.give(0, [&] { return index_select(b.grad(0), at, b.stored(0)); }); });
}

namespace {

std::vector<Tensor> run_index_select(const std::vector<Tensor>& in, const Attributes& a) { return {index_select(in[0], a.axis(), in[1])}; }
std::vector<Tensor> run_index_add(const std::vector<Tensor>& in, const Attributes& a) {
  return {index_add(in[0], a.axis(), in[1], a.integer("size"))};
}

Samples index_select_samples() {
  Samples s(index_select_op);
  s.add({sample_normal({4, 3}), tensor({0, 3, 3, -2}, i64)}, {{"axis", 0}});
  s.add({sample_normal({2, 5}), tensor({4, 1}, i32)}, {{"axis", -1}});
  s.add({sample_normal({2, 3, 2}), tensor({1, 1, 0}, i64)}, {{"axis", 1}});
  s.add({sample_normal({3}), tensor({2}, i64)}, {{"axis", 0}});
  s.add({sample_normal({3, 2}), zeros({0}, i64)}, {{"axis", 0}});
  s.add({sample_normal({3, 0}), tensor({1, 2}, i64)}, {{"axis", 0}});
  s.fails({sample_normal({4, 3}), tensor({0, 4}, i64)}, {{"axis", 0}}, "[index_select] index 4 at position 1 is outside axis 0 of size 4");
  s.fails({sample_normal({4, 3}), tensor({{0, 4}}, i64)}, {{"axis", 0}}, "[index_select] index must be a vector (x [4, 3], index [1, 2])");
  s.fails({sample_normal({4, 3}), tensor({0, 1})}, {{"axis", 0}}, "[index_select] index must be i64 or i32, it is f32");
  return s;
}

Samples index_add_samples() {
  Samples s(index_add_op);
  s.add({sample_normal({4, 3}), tensor({0, 3, 3, -2}, i64)}, {{"axis", 0}, {"size", 5}});
  s.add({sample_normal({2, 3}), tensor({1, 1, 1}, i32)}, {{"axis", 1}, {"size", 2}});
  s.add({sample_normal({0, 3}), zeros({0}, i64)}, {{"axis", 0}, {"size", 2}});
  s.fails({sample_normal({2}), tensor({0, 2}, i64)}, {{"axis", 0}, {"size", 2}}, "[index_add] index 2 at position 1 is outside axis 0 of size 2");
  return s;
}

}  // namespace

const OpInfo index_select_op = {"index_select", Autocast::widest, run_index_select, index_select_samples};
const OpInfo index_add_op = {"index_add", Autocast::widest, run_index_add, index_add_samples};

}  // namespace cairn
