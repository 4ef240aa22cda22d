// By truth values, and places as numbers.                      mask: bool, broadcastable
//   masked_fill:   y = mask ? value : x                        dx = dy with 0 where mask
//   masked_select: y = the elements of x where mask, row-major   dx = zeros with dy at those places
//   nonzero:       the places where x is not 0                 no gradient
//   one_hot:       y_ij = index_i == j                         no gradient
#include <cairn/ops/index/select.h>
#include <cairn/ops/samples.h>

namespace cairn {

extern const OpInfo masked_fill_op, masked_select_op, nonzero_op, one_hot_op;

namespace {

void check_mask(const char* op, const Tensor& mask) {
  if (!mask.defined()) throw StateError("[" + std::string(op) + "] mask is not defined (an empty Tensor). Hint: was it ever assigned?");
  if (mask.dtype() != boolean)
    throw DtypeError("[" + std::string(op) + "] mask must be bool, it is " + name_of(mask.dtype()) + ". Hint: ne(mask, 0).");
}

}  // namespace

Tensor masked_fill(const Tensor& x, const Tensor& mask, double value) {
  check_mask("masked_fill", mask);
  if (broadcast_shapes("masked_fill", x.shape(), mask.shape()) != x.shape())
    fail_shape("masked_fill", "mask must broadcast to x", {{"x", x}, {"mask", mask}}, "expand(x, shape) first where a larger result is meant.");
  check_fits("masked_fill", value, x.dtype());
  Call op(masked_fill_op, {x, mask}, {{"value", value}});
  const Shape& shape = op[0].shape();
  Array y = op.out(shape), number = op.out({});
  op.kernel().fill(number, value);
  op.kernel().where(op[1].expanded(shape), number.expanded(shape), op[0], y);
  return op.differentiable(y, op.save({1}), [](Backward& b) { b.give(0, [&] { return masked_fill(b.grad(0), b.input(1), 0); }); });
}

Tensor masked_select(const Tensor& x, const Tensor& mask) {
  check_mask("masked_select", mask);
  const Shape shape = broadcast_shapes("masked_select", x.shape(), mask.shape());
  Call op(masked_select_op, {expand(x, shape), expand(mask, shape)});
  Array y = op.out({op.kernel().count_true(op[1])});
  op.kernel().masked_select(op[0], op[1], y);
  return op.differentiable(y, op.save({1}), [shape](Backward& b) {
    b.give(0, [&] {
      const int64_t n = shape.numel();
      const Tensor places = reshape(nonzero(reshape(b.input(1), {n})), {b.grad(0).numel()});
      return reshape(index_add(b.grad(0), 0, places, n), shape);
    });
  });
}

Tensor nonzero(const Tensor& x) {
  Call op(nonzero_op, {x});
  Array mask = op[0];
  if (mask.dtype() != boolean) {
    mask = op.out(op[0].shape(), boolean);
    op.kernel().copy(op[0], mask);
  }
  Array y = op.out({op.kernel().count_true(mask), mask.rank()}, i64);
  op.kernel().nonzero(mask, y);
  return op.not_differentiable(y, "places are whole numbers");
}

// A label below zero is a mistake here: it is not counted from the end.
Tensor one_hot(const Tensor& index, int64_t classes) {
  check_index("one_hot", index);
  if (classes < 1)
    throw ConfigError("[one_hot] the number of classes must be positive, not " + std::to_string(classes) +
                      ". Hint: one more than the largest label.");
  Shape shape = index.shape();
  shape.push_back(classes);
  Call op(one_hot_op, {index}, {{"classes", classes}});
  Array labels = op[0];
  if (labels.dtype() != i64) {
    labels = op.out(labels.shape(), i64);
    op.kernel().copy(op[0], labels);
  }
  Array y = op.out(shape, f32);
  const Status status = op.kernel().one_hot(labels, y);
  if (!status.ok()) check_status("one_hot", status, "the " + std::to_string(classes) + " classes");
  return op.not_differentiable(y, "labels are whole numbers");
}

namespace {

std::vector<Tensor> run_masked_fill(const std::vector<Tensor>& in, const Attributes& a) { return {masked_fill(in[0], in[1], a.number("value"))}; }
std::vector<Tensor> run_masked_select(const std::vector<Tensor>& in, const Attributes&) { return {masked_select(in[0], in[1])}; }
std::vector<Tensor> run_nonzero(const std::vector<Tensor>& in, const Attributes&) { return {nonzero(in[0])}; }
std::vector<Tensor> run_one_hot(const std::vector<Tensor>& in, const Attributes& a) { return {one_hot(in[0], a.integer("classes"))}; }

Samples masked_fill_samples() {
  Samples s(masked_fill_op);
  s.add({sample_normal({3, 4}), sample_mask({3, 4})}, {{"value", -1e9}});
  s.add({sample_normal({2, 3, 4}), sample_mask({3, 1})}, {{"value", 2.0}});
  s.add({sample_normal({3}), sample_mask({})}, {{"value", 0.0}});
  s.add({sample_normal({0, 3}), sample_mask({3})}, {{"value", 1.0}});
  s.fails({sample_normal({3}), sample_mask({2, 3})}, {{"value", 1.0}}, "[masked_fill] mask must broadcast to x (x [3], mask [2, 3])");
  s.fails({sample_normal({3}), sample_normal({3})}, {{"value", 1.0}}, "[masked_fill] mask must be bool, it is f32");
  return s;
}

Samples masked_select_samples() {
  Samples s(masked_select_op);
  s.add({sample_normal({3, 4}), sample_mask({3, 4})});
  s.add({sample_normal({3, 4}), sample_mask({4})});
  s.add({sample_normal({4}), sample_mask({3, 4})});
  s.add({sample_normal({3}), zeros({3}, boolean)});
  s.add({sample_normal({0, 3}), sample_mask({0, 3})});
  s.add({sample_normal({1}), ones({1}, boolean)});
  s.fails({sample_normal({3}), sample_mask({2})}, "[masked_select]");
  return s;
}

Samples nonzero_samples() {
  Samples s(nonzero_op);
  s.add({sample_mask({3, 4})});
  s.add({sample_index({2, 3}, 2)});
  s.add({sample_mask({})});
  s.add({sample_mask({0, 3})});
  s.no_gradient("places are whole numbers");
  return s;
}

Samples one_hot_samples() {
  Samples s(one_hot_op);
  s.add({sample_index({4}, 3)}, {{"classes", 3}});
  s.add({cast(sample_index({2, 3}, 3), i32)}, {{"classes", 5}});
  s.add({sample_index({}, 2)}, {{"classes", 2}});
  s.add({sample_index({0}, 2)}, {{"classes", 2}});
  s.add({zeros({2}, i64)}, {{"classes", 1}});
  s.fails({tensor({1, 2, 3, 12}, i64)}, {{"classes", 10}}, "[one_hot] index 12 at position 3 is outside the 10 classes");
  s.fails({tensor({1, -1}, i64)}, {{"classes", 10}}, "[one_hot] index -1 at position 1 is outside the 10 classes");
  s.fails({sample_normal({2})}, {{"classes", 10}}, "[one_hot] index must be i64 or i32, it is f32");
  s.no_gradient("labels are whole numbers");
  return s;
}

}  // namespace

const OpInfo masked_fill_op = {"masked_fill", Autocast::widest, run_masked_fill, masked_fill_samples};
const OpInfo masked_select_op = {"masked_select", Autocast::widest, run_masked_select, masked_select_samples};
const OpInfo nonzero_op = {"nonzero", Autocast::widest, run_nonzero, nonzero_samples};
const OpInfo one_hot_op = {"one_hot", Autocast::widest, run_one_hot, one_hot_samples};

}  // namespace cairn
