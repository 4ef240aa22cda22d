// Values in order, and parts of matrices.
//   sort, topk: values and where they came from (i64)          dx = zeros with dvalues at those places
//   tril, triu: x on and below (above) a diagonal, else 0      dx = the same part of dy
// NaN counts as the largest value; equal values keep the order of their indices.
#include <cairn/ops/axis.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>

namespace cairn {

extern const OpInfo sort_op, topk_op, tril_op, triu_op;

namespace {

std::vector<Tensor> picked(Call& op, const Array& values, const Array& indices, int axis) {
  const Shape from = op[0].shape();
  return op.differentiable({values, indices}, op.save({}, {indices}), [axis, from](Backward& b) {
    b.give(0, [&] { return scatter_add(zeros(from, b.grad(0).dtype()), axis, b.stored(0), b.grad(0)); });
  });
}

}  // namespace

std::vector<Tensor> sort(const Tensor& x, int axis, bool descending) {
  check_rank("sort", x, at_least(1));
  const int at = axis_in("sort", x, axis);
  Call op(sort_op, {x}, {{"axis", axis}, {"descending", descending}});
  Array values = op.out(x.shape()), indices = op.out(x.shape(), i64);
  op.kernel().sort(op[0], at, descending, values, indices);
  return picked(op, values, indices, at);
}

std::vector<Tensor> topk(const Tensor& x, int64_t k, int axis, bool largest) {
  check_rank("topk", x, at_least(1));
  const int at = axis_in("topk", x, axis);
  if (k < 0 || k > x.shape()[at])
    fail_shape("topk", "k is " + std::to_string(k) + " but axis " + std::to_string(axis) + " has " + std::to_string(x.shape()[at]) + " elements",
               {{"x", x}}, "k is at most the size of the axis.");
  Call op(topk_op, {x}, {{"k", k}, {"axis", axis}, {"largest", largest}});
  Shape shape = op[0].shape();
  shape[at] = k;
  Array values = op.out(shape), indices = op.out(shape, i64);
  op.kernel().topk(op[0], k, at, largest, values, indices);
  return picked(op, values, indices, at);
}

namespace {

Tensor triangle(const OpInfo& info, const Tensor& x, int64_t diagonal, bool upper) {
  check_rank(info.name, x, at_least(2));
  Call op(info, {x}, {{"diagonal", diagonal}});
  Array y = op.out(x.shape());
  op.kernel().triangle(op[0], diagonal, upper, y);
  return op.differentiable(
      y, [diagonal, upper](Backward& b) { b.give(0, [&] { return upper ? triu(b.grad(0), diagonal) : tril(b.grad(0), diagonal); }); });
}

}  // namespace

Tensor tril(const Tensor& x, int64_t diagonal) { return triangle(tril_op, x, diagonal, false); }
Tensor triu(const Tensor& x, int64_t diagonal) { return triangle(triu_op, x, diagonal, true); }

namespace {

std::vector<Tensor> run_sort(const std::vector<Tensor>& in, const Attributes& a) { return sort(in[0], a.axis(), a.boolean("descending")); }
std::vector<Tensor> run_topk(const std::vector<Tensor>& in, const Attributes& a) {
  return topk(in[0], a.integer("k"), a.axis(), a.boolean("largest"));
}
std::vector<Tensor> run_tril(const std::vector<Tensor>& in, const Attributes& a) { return {tril(in[0], a.integer("diagonal"))}; }
std::vector<Tensor> run_triu(const std::vector<Tensor>& in, const Attributes& a) { return {triu(in[0], a.integer("diagonal"))}; }

Samples sort_samples() {
  Samples s(sort_op);
  s.add({sample_distinct({7})}, {{"axis", 0}, {"descending", false}});
  s.add({sample_distinct({3, 4})}, {{"axis", -1}, {"descending", true}});
  s.add({sample_distinct({3, 2, 2})}, {{"axis", 0}, {"descending", false}});
  s.add({sample_distinct({1, 1})}, {{"axis", 1}, {"descending", false}});
  s.add({sample_distinct({0, 2})}, {{"axis", 0}, {"descending", false}});
  s.fails({sample_normal({})}, {{"axis", 0}, {"descending", false}}, "[sort] x must have at least 1");
  return s;
}

Samples topk_samples() {
  Samples s(topk_op);
  s.add({sample_distinct({7})}, {{"k", 3}, {"axis", 0}, {"largest", true}});
  s.add({sample_distinct({3, 4})}, {{"k", 2}, {"axis", -1}, {"largest", false}});
  s.add({sample_distinct({3, 4})}, {{"k", 3}, {"axis", 0}, {"largest", true}});
  s.add({sample_distinct({2, 3})}, {{"k", 0}, {"axis", 1}, {"largest", true}});
  s.add({sample_distinct({0, 3})}, {{"k", 1}, {"axis", 1}, {"largest", true}});
  s.fails({sample_normal({2, 3})}, {{"k", 4}, {"axis", 1}, {"largest", true}}, "[topk] k is 4 but axis 1 has 3 elements (x [2, 3])");
  return s;
}

Samples triangle_samples(const OpInfo& info) {
  Samples s(info);
  s.add({sample_normal({3, 4})}, {{"diagonal", 0}});
  s.add({sample_normal({4, 3})}, {{"diagonal", 1}});
  s.add({sample_normal({2, 3, 3})}, {{"diagonal", -1}});
  s.add({sample_normal({2, 2})}, {{"diagonal", -9}});
  s.add({sample_normal({1, 1})}, {{"diagonal", 0}});
  s.add({sample_normal({0, 3})}, {{"diagonal", 0}});
  s.fails({sample_normal({3})}, {{"diagonal", 0}}, "[" + std::string(info.name) + "] x must have at least 2 axes (x [3])");
  return s;
}
Samples tril_samples() { return triangle_samples(tril_op); }
Samples triu_samples() { return triangle_samples(triu_op); }

}  // namespace

const OpInfo sort_op = {"sort", Autocast::widest, run_sort, sort_samples};
const OpInfo topk_op = {"topk", Autocast::widest, run_topk, topk_samples};
const OpInfo tril_op = {"tril", Autocast::widest, run_tril, tril_samples};
const OpInfo triu_op = {"triu", Autocast::widest, run_triu, triu_samples};

}  // namespace cairn
