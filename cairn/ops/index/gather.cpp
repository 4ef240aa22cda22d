// One index for each element, along an axis (axis 0 below).    index: as many axes as x, no longer than x on the others
//   gather:      y[i][j] = x[index[i][j]][j]                   dx = scatter_add(zeros, index, dy)
//   scatter:     y = x, then y[index[i][j]][j] = source[i][j] in order: the last one wins
//                dx = dy with zeros at the indices             dsource = dy at the index, 0 where a later element won
//   scatter_add: y = x, then y[index[i][j]][j] += source[i][j]
//                dx = dy                                       dsource = gather(dy, index)
#include <cairn/ops/axis.h>
#include <cairn/ops/index/select.h>
#include <cairn/ops/samples.h>

namespace cairn {

extern const OpInfo gather_op, scatter_op, scatter_add_op;

namespace {

// Checks everything but the values of the indices.
int checked_axis(const char* name, const Tensor& x, int axis, const Tensor& index) {
  check_rank(name, x, at_least(1));
  check_index(name, index);
  const int at = axis_in(name, x, axis);
  bool fits = index.rank() == x.rank();
  for (int i = 0; fits && i < x.rank(); ++i) fits = i == at || index.shape()[i] <= x.shape()[i];
  if (!fits)
    fail_shape(name, "index must have the axes of x and be no longer than x on all but axis " + std::to_string(axis), {{"x", x}, {"index", index}},
               index.rank() + 1 == x.rank() ? "index.unsqueeze(" + std::to_string(at) + ") for one element of each line."
               : index.rank() == 1          ? "index_select takes whole slices by a vector of numbers."
                                            : "y gets the shape of index; index_select takes whole slices.");
  return at;
}

void check_source(const char* name, const Tensor& x, const Tensor& index, const Tensor& source) {
  if (!source.defined() || source.shape() != index.shape())
    fail_shape(name, "source must have one value for each index", {{"index", index}, {"source", source}},
               "expand(source, index.shape()) repeats one value.");
  if (source.dtype() != x.dtype()) check_same_dtype(name, {{"x", x}, {"source", source}});
}

Array scattered(const Call& op, Scatter how, int axis, const Array& index) {
  Array y = op.out(op[0].shape());
  op.kernel().copy(op[0], y);
  op.kernel().scatter(how, axis, index, op[2], y);
  return y;
}

// Where an element of the source survived: each writes its own number, and those that read theirs again have won.
Tensor winners(const Array& index, int axis, const Shape& shape) {
  const Array number = arange(double(index.numel()), i64).array().reshaped(index.shape());
  Array last(shape, i64), seen(index.shape(), i64), won(index.shape(), boolean);
  backend().fill(last, -1);
  backend().scatter(Scatter::set, axis, index, number, last);
  backend().gather(last, axis, index, seen);
  backend().binary(Binary::eq, seen, number, won);
  return Tensor(won);
}

}  // namespace

Tensor gather(const Tensor& x, int axis, const Tensor& index) {
  const int at = checked_axis("gather", x, axis, index);
  Call op(gather_op, {x, index}, {{"axis", axis}});
  const Shape from = op[0].shape();
  const Array picks = wrapped("gather", op[1], at, from[at]);
  Array y = op.out(picks.shape());
  op.kernel().gather(op[0], at, picks, y);
  return op.differentiable(y, op.save({}, {picks}), [at, from](Backward& b) {
    b.give(0, [&] { return scatter_add(zeros(from, b.grad(0).dtype()), at, b.stored(0), b.grad(0)); });
  });
}

Tensor scatter(const Tensor& x, int axis, const Tensor& index, const Tensor& source) {
  const int at = checked_axis("scatter", x, axis, index);
  check_source("scatter", x, index, source);
  Call op(scatter_op, {x, index, source}, {{"axis", axis}});
  const Shape shape = op[0].shape();
  const Array picks = wrapped("scatter", op[1], at, shape[at]);
  return op.differentiable(scattered(op, Scatter::set, at, picks), op.save({}, {picks}), [at, shape](Backward& b) {
    const Tensor dy = b.grad(0), index = b.stored(0);
    b.give(0, [&] { return scatter(dy, at, index, zeros(index.shape(), dy.dtype())); });
    b.give(2, [&] { return where(winners(index.array(), at, shape), gather(dy, at, index), Tensor(0.0)); });
  });
}

Tensor scatter_add(const Tensor& x, int axis, const Tensor& index, const Tensor& source) {
  const int at = checked_axis("scatter_add", x, axis, index);
  check_source("scatter_add", x, index, source);
  Call op(scatter_add_op, {x, index, source}, {{"axis", axis}});
  const Array picks = wrapped("scatter_add", op[1], at, op[0].shape()[at]);
  return op.differentiable(scattered(op, Scatter::add, at, picks), op.save({}, {picks}), [at](Backward& b) {
    b.give(0, [&] { return b.grad(0); });
    b.give(2, [&] { return gather(b.grad(0), at, b.stored(0)); });
  });
}

namespace {

std::vector<Tensor> run_gather(const std::vector<Tensor>& in, const Attributes& a) { return {gather(in[0], a.axis(), in[1])}; }
std::vector<Tensor> run_scatter(const std::vector<Tensor>& in, const Attributes& a) { return {scatter(in[0], a.axis(), in[1], in[2])}; }
std::vector<Tensor> run_scatter_add(const std::vector<Tensor>& in, const Attributes& a) { return {scatter_add(in[0], a.axis(), in[1], in[2])}; }

Samples gather_samples() {
  Samples s(gather_op);
  s.add({sample_normal({3, 4}), sample_index({5, 4}, 3)}, {{"axis", 0}});
  s.add({sample_normal({3, 4}), sample_index({2, 6}, 4)}, {{"axis", -1}});
  s.add({sample_normal({2, 3, 2}), cast(sample_index({2, 1, 2}, 3), i32)}, {{"axis", 1}});
  s.add({sample_normal({4}), tensor({-1, 0, -4}, i64)}, {{"axis", 0}});
  s.add({sample_normal({1, 1}), zeros({1, 1}, i64)}, {{"axis", 0}});
  s.add({sample_normal({3, 4}), zeros({0, 4}, i64)}, {{"axis", 0}});
  s.fails({sample_normal({3, 4}), tensor({{0, 1}, {5, 0}}, i64)}, {{"axis", 0}}, "[gather] index 5 at position 2 is outside axis 0 of size 3");
  s.fails({sample_normal({3, 4}), sample_index({5}, 3)}, {{"axis", 0}},
          "[gather] index must have the axes of x and be no longer than x on all but axis 0 (x [3, 4], index [5])");
  return s;
}

Samples scatter_samples() {
  Samples s(scatter_op);
  s.add({sample_normal({4, 3}, 1), tensor({{0, 1, 2}, {3, 3, 0}}, i64), sample_normal({2, 3}, 2)}, {{"axis", 0}});
  s.add({sample_normal({2, 3}, 1), tensor({{1, 1, -1, 1}, {0, 0, 0, 0}}, i64), sample_normal({2, 4}, 2)}, {{"axis", 1}});
  s.add({sample_normal({1}, 1), tensor({0}, i64), sample_normal({1}, 2)}, {{"axis", 0}});
  s.add({sample_normal({3, 2}, 1), zeros({0, 2}, i64), sample_normal({0, 2}, 2)}, {{"axis", 0}});
  s.fails({sample_normal({4, 3}), sample_index({2, 3}, 4), sample_normal({3, 3})}, {{"axis", 0}},
          "[scatter] source must have one value for each index (index [2, 3], source [3, 3])");
  s.fails({sample_normal({3}), tensor({0, -4}, i64), sample_normal({2})}, {{"axis", 0}},
          "[scatter] index -4 at position 1 is outside axis 0 of size 3");
  return s;
}

Samples scatter_add_samples() {
  Samples s(scatter_add_op);
  s.add({sample_normal({4, 3}, 1), sample_index({2, 3}, 4), sample_normal({2, 3}, 2)}, {{"axis", 0}});
  s.add({sample_normal({2, 3}, 1), tensor({{1, 1, -1, 1}, {0, 0, 0, 0}}, i32), sample_normal({2, 4}, 2)}, {{"axis", 1}});
  s.add({sample_normal({1}, 1), tensor({0}, i64), sample_normal({1}, 2)}, {{"axis", 0}});
  s.add({sample_normal({3, 2}, 1), zeros({0, 2}, i64), sample_normal({0, 2}, 2)}, {{"axis", 0}});
  s.fails({sample_normal({3}), tensor({0, 3}, i64), sample_normal({2})}, {{"axis", 0}},
          "[scatter_add] index 3 at position 1 is outside axis 0 of size 3");
  return s;
}

}  // namespace

const OpInfo gather_op = {"gather", Autocast::widest, run_gather, gather_samples};
const OpInfo scatter_op = {"scatter", Autocast::widest, run_scatter, scatter_samples};
const OpInfo scatter_add_op = {"scatter_add", Autocast::widest, run_scatter_add, scatter_add_samples};

}  // namespace cairn
