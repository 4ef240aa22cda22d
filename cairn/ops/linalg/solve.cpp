// Linear systems and the square root of a matrix.                          a: [.., n, n]
//   solve: a x = b                     b, x: [n], or [.., n, k] with broadcast batches
//     db = a^{-T} dx,   da = -db x^T                                                   (Giles 2008, 2.3.1)
//   cholesky: a = l l^T                l: [.., n, n], lower triangular, its diagonal > 0
//     da = l^{-T} P(l^T dl) l^{-1}, made symmetric; P keeps the lower triangle and halves its diagonal      (Murray 2016, eq. 10)
//     a counts as (a + a^T) / 2: the gradient is that of each element by itself, and symmetric.
#include <cairn/ops/linalg/factor.h>
#include <cairn/ops/linalg/partners.h>

namespace cairn {

extern const OpInfo solve_op, cholesky_op;

Tensor solve(const Tensor& a, const Tensor& b) {
  check_square("solve", a);
  check_rank("solve", b, at_least(1), "b");
  const int64_t n = a.shape().back(), rows = b.shape()[std::max(0, b.rank() - 2)];
  if (rows != n)
    fail_shape("solve", "a has " + std::to_string(n) + " rows but b has " + std::to_string(rows), {{"a", a}, {"b", b}},
               "b is one vector [n] or matrices [..., n, k] of which each column is a right side.");
  Call op(solve_op, {a, b});
  check_f32_f64("solve", op.input(0), "a");
  check_same_dtype("solve", {{"a", op.input(0)}, {"b", op.input(1)}});
  const bool vector = op[1].rank() == 1;
  const Array right = vector ? op[1].with({n, 1}, {op[1].strides()[0], 0}, op[1].offset()) : op[1];
  const Shape batch = broadcast_shapes("solve", batch_of(op[0].shape()), batch_of(right.shape()));
  Array x = op.out(with_matrix(batch, n, right.size(-1)));
  const Status status = op.kernel().solve(op[0].expanded(with_matrix(batch, n, n)), right.expanded(x.shape()), x);
  if (!status.ok())
    fail_matrix("solve", op.input(0), status.bad_position,
                "is singular: pivot " + std::to_string(status.bad_value) + " of " + std::to_string(n) + " is zero within the rounding of " +
                    name_of(op[0].dtype()),
                "a row is a combination of others, so there is no solution, or many.");
  if (vector) {
    Shape shape = batch;
    shape.push_back(n);
    x = x.reshaped(shape);
  }
  return op.differentiable(x, op.save_output({0}), [vector, from_a = op[0].shape(), from_b = op[1].shape()](Backward& g) {
    const Tensor dx = vector ? unsqueeze(g.grad(), -1) : g.grad();
    const Tensor db = solve(adjoint(g.input(0)), dx);
    g.give(0, [&] { return sum_to(-matmul(db, adjoint(vector ? unsqueeze(g.output(), -1) : g.output())), from_a); });
    g.give(1, [&] { return sum_to(vector ? squeeze(db, -1) : db, from_b); });
  });
}

Tensor cholesky(const Tensor& a) {
  check_square("cholesky", a);
  Call op(cholesky_op, {a});
  check_f32_f64("cholesky", op.input(0), "a");
  Array l = op.out(op[0].shape());
  const Status status = op.kernel().cholesky(op[0], l);
  if (!status.ok())
    fail_matrix("cholesky", op.input(0), status.bad_position,
                "is not positive definite: its leading minor of order " + std::to_string(status.bad_value) + " is not positive",
                "a covariance becomes so by adding a small multiple of eye(n).");
  return op.differentiable(l, op.save_output(), [](Backward& g) {
    g.give(0, [&] {
      const Tensor l = g.output(), m = matmul(adjoint(l), g.grad());
      const Tensor p = 0.5 * (tril(m) + tril(m, -1));
      return symmetric_part(divide_right(solve(adjoint(l), p), l));
    });
  });
}

namespace {

std::vector<Tensor> run_solve(const std::vector<Tensor>& in, const Attributes&) { return {solve(in[0], in[1])}; }
std::vector<Tensor> run_cholesky(const std::vector<Tensor>& in, const Attributes&) { return {cholesky(in[0])}; }

// n^3 2 / 3 for the factors, n^2 2 for each right side.
int64_t solve_flops(const std::vector<Shape>& in, const Attributes&) {
  const int64_t n = in[0].back(), batches = in[0].numel() / std::max<int64_t>(1, n * n);
  return batches * 2 * n * n * n / 3 + 2 * n * std::max(in[1].numel(), batches * n);
}
int64_t cholesky_flops(const std::vector<Shape>& in, const Attributes&) { return in[0].numel() * (in[0].rank() ? in[0].back() : 0) / 3; }

// Well away from singular: n on the diagonal.
Tensor regular(const Shape& shape, uint64_t seed) {
  NoGrad off;
  return sample_normal(shape, seed) + double(shape.back()) * eye(shape.back());
}
Tensor positive_definite(const Shape& shape, uint64_t seed) {
  NoGrad off;
  const Tensor x = sample_normal(shape, seed);
  return matmul(x, adjoint(x)) / double(std::max<int64_t>(1, shape.back())) + eye(shape.back());
}

Samples solve_samples() {
  Samples s(solve_op);
  s.only_f32_f64("16 bits do not suffice for a pivot");
  s.add({regular({3, 3}, 1), sample_normal({3, 2}, 2)});
  s.add({regular({4, 4}, 1), sample_normal({4}, 2)});
  s.add({sample_normal({3, 3}, 5), sample_normal({3, 1}, 2)});
  s.add({regular({2, 3, 3}, 1), sample_normal({2, 3, 2}, 2)});
  s.add({regular({2, 3, 3}, 1), sample_normal({3}, 2)});
  s.add({regular({3, 3}, 1), sample_normal({2, 3, 1}, 2)});
  s.add({regular({2, 1, 2, 2}, 1), sample_normal({3, 2, 2}, 2)});
  s.add({regular({1, 1}, 1), sample_normal({1, 1}, 2)});
  s.add({sample_normal({0, 0}), sample_normal({0, 2})});
  s.add({sample_normal({0, 2, 2}), sample_normal({0, 2, 1})});
  s.add({regular({2, 2}, 1), sample_normal({2, 0})});
  s.fails({sample_normal({2, 3}), sample_normal({2, 1})}, "[solve] a must be square (a [2, 3])");
  s.fails({sample_normal({3}), sample_normal({3})}, "[solve] a must have at least 2 axes (a [3])");
  s.fails({sample_normal({3, 3}), sample_normal({2, 3})}, "[solve] a has 3 rows but b has 2 (a [3, 3], b [2, 3])");
  s.fails({ones({3, 3}), sample_normal({3})}, "[solve] a is singular: pivot 2 of 3 is zero within the rounding of f32 (a [3, 3])");
  s.fails({sample_index({2, 2}, 9), sample_index({2}, 9)}, "[solve] a is i64, but linear algebra needs the digits of f32 or f64.");
  return s;
}

Samples cholesky_samples() {
  Samples s(cholesky_op);
  s.only_f32_f64("16 bits do not suffice for a pivot");
  s.add({positive_definite({3, 3}, 1)});
  s.add({positive_definite({5, 5}, 2)});
  s.add({positive_definite({2, 3, 3}, 3)});
  s.add({regular({3, 3}, 4)});  // not symmetric: its symmetric part counts
  s.add({positive_definite({1, 1}, 1)});
  s.add({sample_normal({0, 0})});
  s.add({sample_normal({0, 2, 2})});
  s.fails({sample_normal({2, 3})}, "[cholesky] a must be square (a [2, 3])");
  s.fails({tensor({1, 0, 0, 0, 2, 3, 0, 3, 1}).reshape({3, 3})},
          "[cholesky] a is not positive definite: its leading minor of order 3 is not positive (a [3, 3])");
  s.fails({zeros({2, 2, 2})}, "[cholesky] matrix 0 of the batch is not positive definite: its leading minor of order 1 is not positive");
  return s;
}

}  // namespace

const OpInfo solve_op = {"solve", Autocast::f32, run_solve, solve_samples, solve_flops};
const OpInfo cholesky_op = {"cholesky", Autocast::f32, run_cholesky, cholesky_samples, cholesky_flops};

}  // namespace cairn
