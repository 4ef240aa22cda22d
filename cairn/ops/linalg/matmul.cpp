// Matrix products by NumPy's rules.                            a: [..., m, k]   b: [..., k, n]   y: [..., m, n]
//   y  = a b        batches broadcast; a vector a counts as one row, a vector b as one column, and that axis goes away again
//   da = dy b^T     summed over the batches that a was repeated for
//   db = a^T dy     likewise
// Transposed operands are read where they lie.
#include <cairn/ops/linalg/partners.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>
#include <cairn/ops/shape/view.h>

namespace cairn {

extern const OpInfo matmul_op, outer_op;

namespace {

Shape row_shape(Shape s) {
  if (s.rank() == 1) s.insert(0, 1);
  return s;
}
Shape column_shape(Shape s) {
  if (s.rank() == 1) s.push_back(1);
  return s;
}

// The kernel on a [..., m, k] and b [..., k, n]. One weight for a whole batch is one large product.
Array product(const Call& op, const Array& a, const Array& b, DType dtype) {
  const int64_t m = a.size(-2), k = a.size(-1), n = b.size(-1);
  if (b.rank() == 2 && a.rank() > 2) {
    const Shape batch = batch_of(a.shape());
    if (const auto rows = view_as(a, {batch.numel() * m, k})) {
      Array y({batch.numel() * m, n}, dtype);
      op.kernel().matmul(*rows, b, y);
      return y.reshaped(with_matrix(batch, m, n));
    }
  }
  if (a.rank() == 2 && b.rank() == 2) {
    Array y({m, n}, dtype);
    op.kernel().matmul(a, b, y);
    return y;
  }
  const Shape batch = broadcast_shapes("matmul", batch_of(a.shape()), batch_of(b.shape()));
  Array y(with_matrix(batch, m, n), dtype);
  op.kernel().matmul(a.expanded(with_matrix(batch, m, k)), b.expanded(with_matrix(batch, k, n)), y);
  return y;
}

// db = a^T dy for one b and many a: the batch is just more rows.
Tensor sum_of_products(const Tensor& a, const Tensor& dy) {
  const int64_t rows = a.numel() / std::max<int64_t>(1, a.size(-1));
  if (a.size(-1) == 0) return zeros({0, dy.size(-1)}, dy.dtype());
  return matmul(transpose(reshape(a, {rows, a.size(-1)}), 0, 1), reshape(dy, {rows, dy.size(-1)}));
}

// Whether the axes before the matrices broadcast.
bool batches_fit(const Shape& a, const Shape& b) {
  bool fit = true;
  for (int i = 3; i <= std::min(a.rank(), b.rank()); i++) {
    const int64_t s = a[a.rank() - i], t = b[b.rank() - i];
    fit = fit && (s == t || s == 1 || t == 1);
  }
  return fit;
}

constexpr const char* to_f32 = "to_f32";  // an attribute of the calls that want it

Tensor multiply(const Tensor& a, const Tensor& b, bool wide) {
  check_rank("matmul", a, at_least(1), "a");
  check_rank("matmul", b, at_least(1), "b");
  const int64_t k = a.shape().back(), other = b.shape()[std::max(0, b.rank() - 2)];
  if (k != other)
    fail_shape("matmul", "the rows of a have " + std::to_string(k) + " elements but the columns of b have " + std::to_string(other),
               {{"a", a}, {"b", b}}, "one of them may have to be transposed.");
  if (!batches_fit(a.shape(), b.shape()))
    fail_shape("matmul", "the axes before the last two count the matrices of a batch and must be equal or 1", {{"a", a}, {"b", b}},
               "unsqueeze() or reshape() adds an axis of size 1, where one matrix goes with all.");

  const Tensor inputs[] = {a, b};
  const Attr attribute(to_f32, true);
  Call op(matmul_op, std::span<const Tensor>(inputs), std::span<const Attr>(&attribute, wide ? 1 : 0));
  if (op[0].dtype() != op[1].dtype()) check_same_dtype("matmul", {{"a", op.input(0)}, {"b", op.input(1)}});
  if (op[0].dtype() == boolean) throw DtypeError("[matmul] truth values have no product of matrices. Hint: cast to f32 first.");

  const Shape from_a = op[0].shape(), from_b = op[1].shape();
  wide = wide && op[0].dtype() != f32;
  Array y = product(op, reshaped_or_copied(op[0], row_shape(from_a)), reshaped_or_copied(op[1], column_shape(from_b)), wide ? f32 : op[0].dtype());
  if (from_a.rank() == 1 || from_b.rank() == 1) {
    Shape shape = y.shape();
    if (from_b.rank() == 1) shape.erase(shape.rank() - 1);
    if (from_a.rank() == 1) shape.erase(shape.rank() - (from_b.rank() == 1 ? 1 : 2));
    y = y.reshaped(shape);
  }
  return op.differentiable(y, save_partners(op), [from_a, from_b, narrow = op[0].dtype()](Backward& g) {
    const Shape rows = row_shape(from_a), columns = column_shape(from_b);
    Tensor dy = cast(g.grad(0), narrow);
    if (from_b.rank() == 1) dy = unsqueeze(dy, -1);
    if (from_a.rank() == 1) dy = unsqueeze(dy, -2);
    g.give(0, [&] {
      Tensor b = reshape(g.input(1), columns);
      return reshape(sum_to(matmul(dy, transpose(b, -2, -1)), rows), from_a);
    });
    g.give(1, [&] {
      Tensor a = reshape(g.input(0), rows);
      if (columns.rank() == 2 && rows.rank() > 2) return reshape(sum_of_products(a, dy), from_b);
      return reshape(sum_to(matmul(transpose(a, -2, -1), dy), columns), from_b);
    });
  });
}

}  // namespace

Tensor matmul(const Tensor& a, const Tensor& b) { return multiply(a, b, false); }
Tensor matmul_to_f32(const Tensor& a, const Tensor& b) { return multiply(a, b, true); }

// outer: y_ij = a_i b_j                                        a: [m]   b: [n]   y: [m, n]
//   da = dy b,  db = dy^T a
Tensor outer(const Tensor& a, const Tensor& b) {
  if (a.rank() != 1 || b.rank() != 1)
    fail_shape("outer", "a and b must be vectors", {{"a", a}, {"b", b}}, "flatten(0) makes a vector; matmul multiplies matrices.");
  Call op(outer_op, {a, b});
  if (op[0].dtype() != op[1].dtype()) check_same_dtype("outer", {{"a", op.input(0)}, {"b", op.input(1)}});
  const int64_t m = op[0].size(0), n = op[1].size(0);
  Array y = op.out({m, n});
  op.kernel().binary(Binary::mul, op[0].with({m, n}, {op[0].strides()[0], 0}, op[0].offset()), op[1].expanded({m, n}), y);
  return op.differentiable(y, save_partners(op), [](Backward& g) {
    g.give(0, [&] { return matmul(g.grad(0), g.input(1)); });
    g.give(1, [&] { return matmul(transpose(g.grad(0), 0, 1), g.input(0)); });
  });
}

Tensor Tensor::matmul(const Tensor& other) const { return cairn::matmul(*this, other); }

namespace {

std::vector<Tensor> run_matmul(const std::vector<Tensor>& in, const Attributes& at) { return {multiply(in[0], in[1], at.has(to_f32))}; }
std::vector<Tensor> run_outer(const std::vector<Tensor>& in, const Attributes&) { return {outer(in[0], in[1])}; }

// A multiplication and an addition for each of m k n, in each batch.
int64_t matmul_flops(const std::vector<Shape>& in, const Attributes&) {
  const Shape a = row_shape(in[0]), b = column_shape(in[1]);
  const Shape batch = broadcast_shapes("matmul", batch_of(a), batch_of(b));
  return 2 * batch.numel() * a[a.rank() - 2] * a.back() * b.back();
}

Samples matmul_samples() {
  Samples s(matmul_op);
  const auto add = [&](const Shape& a, const Shape& b) { s.add({sample_normal(a, 1), sample_normal(b, 2)}); };
  add({3, 4}, {4, 2});
  add({4}, {4});
  add({4}, {4, 3});
  add({3, 4}, {4});
  add({2, 3, 4}, {4, 2});
  add({2, 3, 4}, {4});
  add({3}, {2, 3, 2});
  add({2, 3}, {2, 3, 2});
  add({2, 1, 2, 3}, {3, 3, 2});
  add({1, 1}, {1, 1});
  add({0, 3}, {3, 2});
  add({2, 0}, {0, 3});
  add({0, 2, 3}, {3, 2});
  s.add({transpose(sample_normal({4, 3}, 1), 0, 1), transpose(sample_normal({2, 4}, 2), 0, 1)});
  s.add({permute(sample_normal({3, 2, 4}, 1), {1, 0, 2}), sample_normal({4, 2}, 2)});
  s.fails({sample_normal({2, 3}), sample_normal({4, 5})}, "[matmul] the rows of a have 3 elements but the columns of b have 4 (a [2, 3], b [4, 5])");
  s.fails({sample_normal({2, 2, 3}), sample_normal({3, 3, 5})}, "[matmul]");
  s.fails({sample_normal({}), sample_normal({4, 5})}, "[matmul]");
  return s;
}

Samples outer_samples() {
  Samples s(outer_op);
  for (auto [m, n] : {std::pair{3, 4}, {1, 3}, {0, 2}, {1, 1}}) s.add({sample_normal({m}, 1), sample_normal({n}, 2)});
  s.fails({sample_normal({2, 3}), sample_normal({3})}, "[outer] a and b must be vectors (a [2, 3], b [3])");
  return s;
}

}  // namespace

const OpInfo matmul_op = {"matmul", Autocast::low, run_matmul, matmul_samples, matmul_flops};
const OpInfo outer_op = {"outer", Autocast::low, run_outer, outer_samples};

}  // namespace cairn
