// Eigenvalues of symmetric matrices and singular values.
//   eigh: (a + a^T) / 2 = v diag(w) v^T       a, v: [.., n, n]   w: [.., n] ascending      columns of v: eigenvectors, largest component > 0
//     da = v (diag(dw) + F o (v^T dv)) v^T, made symmetric;   F_ij = 1 / (w_j - w_i), 0 on the diagonal               (Giles 2008, 3.1)
//   svd: a = u diag(s) vh                     a: [.., m, n]   u: [.., m, k]   s: [.., k] descending   vh: [.., k, n]   k = min(m, n)
//     columns of u: largest component > 0; v's sign follows from it
//     da = u (diag(ds) + (F o (u^T du - du^T u)) S + S (F o (v^T dv - dv^T v))) v^T
//          + (1 - u u^T) du S^{-1} v^T + u S^{-1} dv^T (1 - v v^T);   F_ij = 1 / (s_j^2 - s_i^2), 0 on the diagonal     (Townsend 2016)
// Repeated values: the values alone have a gradient wherever they are distinct, and one of the possible ones where they are not. The vectors
// of equal values are any basis of their plane, which turns by any angle at the smallest change: they have none, and F no meaning. Backward
// of vectors is a NumericError there, within rounding; likewise of u and vh where a singular value is zero.
#include <cmath>
#include <limits>

#include <cairn/ops/linalg/factor.h>

namespace cairn {

extern const OpInfo eigh_op, svd_op;

namespace {

[[noreturn]] void fail_spectrum(const char* op, const Tensor& a, const Status& status) {
  if (status.bad_value == 2)
    fail_matrix(op, a, status.bad_position, "holds NaN or infinity", "all_finite() before it tells which computation makes them.");
  fail_matrix(op, a, status.bad_position, "did not converge", "its numbers may lie too many powers of ten apart; scale it.");
}

// NumericError where two neighbours of w (sorted) are equal within rounding.
void check_distinct(const char* op, const char* vectors, const Tensor& w, bool zero_too) {
  const int64_t n = w.shape().back();
  const std::vector<double> values = w.detach().to_vector<double>();
  const double eps = w.dtype() == f64 ? std::numeric_limits<double>::epsilon() : double(std::numeric_limits<float>::epsilon());
  for (size_t first = 0; n > 0 && first < values.size(); first += size_t(n)) {
    double largest = 0;
    for (size_t i = 0; i < size_t(n); i++) largest = std::max(largest, std::abs(values[first + i]));
    for (size_t i = 0; i < size_t(n); i++) {
      const bool last = i + 1 == size_t(n);
      if (last && !zero_too) break;
      const double gap = std::abs(values[first + i] - (last ? 0.0 : values[first + i + 1]));
      if (gap > 4 * eps * largest) continue;
      throw NumericError(
          std::string("[") + op + "] " + vectors + " have no gradient here: " +
          (last ? "the smallest singular value is zero" : "values " + std::to_string(i) + " and " + std::to_string(i + 1) + " are equal") +
          " within rounding (" + std::to_string(values[first + i]) + "). Hint: use the values alone, or a loss that needs no " +
          "vectors of equal values.");
    }
  }
}

}  // namespace

std::vector<Tensor> eigh(const Tensor& a) {
  check_square("eigh", a);
  Call op(eigh_op, {a});
  check_f32_f64("eigh", op.input(0), "a");
  Shape last = op[0].shape();
  last.erase(last.rank() - 1);
  Array w = op.out(last), v = op.out(op[0].shape());
  const Status status = op.kernel().eigh(op[0], w, v);
  if (!status.ok()) fail_spectrum("eigh", op.input(0), status);
  return op.differentiable({w, v}, op.save_output(), [](Backward& g) {
    g.give(0, [&] {
      const Tensor w = g.output(0), v = g.output(1);
      Tensor middle = as_diagonal(g.grad(0));
      if (g.has_grad(1)) {
        check_distinct("eigh", "eigenvectors", w, false);
        middle = middle + one_over_gaps(w) * matmul(adjoint(v), g.grad(1));
      }
      return symmetric_part(matmul(matmul(v, middle), adjoint(v)));
    });
  });
}

std::vector<Tensor> svd(const Tensor& a) {
  check_rank("svd", a, at_least(2), "a");
  Call op(svd_op, {a});
  check_f32_f64("svd", op.input(0), "a");
  const int64_t m = op[0].size(-2), n = op[0].size(-1), k = std::min(m, n);
  Shape values = with_last(op[0].shape(), k, k);
  values.erase(values.rank() - 1);
  Array u = op.out(with_last(op[0].shape(), m, k)), s = op.out(values), vh = op.out(with_last(op[0].shape(), k, n));
  const Status status = op.kernel().svd(op[0], u, s, vh);
  if (!status.ok()) fail_spectrum("svd", op.input(0), status);
  return op.differentiable({u, s, vh}, op.save_output(), [m, n, k](Backward& g) {
    g.give(0, [&] {
      const Tensor u = g.output(0), s = g.output(1), vh = g.output(2);
      Tensor middle = as_diagonal(g.grad(1));
      if (!g.has_grad(0) && !g.has_grad(2)) return matmul(matmul(u, middle), vh);
      check_distinct("svd", "singular vectors", s, true);
      const Tensor f = one_over_gaps(square(s)), row = unsqueeze(s, -2), column = unsqueeze(s, -1);
      Tensor da;  // what lies outside of the spaces that u and v span
      if (g.has_grad(0)) {
        const Tensor du = g.grad(0), inside = matmul(adjoint(u), du);
        middle = middle + f * (inside - adjoint(inside)) * row;
        if (m > k) da = matmul((du - matmul(u, inside)) / row, vh);
      }
      if (g.has_grad(2)) {
        const Tensor dvh = g.grad(2), inside = matmul(vh, adjoint(dvh));
        middle = middle + column * (f * (inside - adjoint(inside)));
        if (n > k) {
          const Tensor outside = matmul(u, (dvh - matmul(adjoint(inside), vh)) / column);
          da = da.defined() ? da + outside : outside;
        }
      }
      const Tensor within = matmul(matmul(u, middle), vh);
      return da.defined() ? da + within : within;
    });
  });
}

namespace {

std::vector<Tensor> run_eigh(const std::vector<Tensor>& in, const Attributes&) { return eigh(in[0]); }
std::vector<Tensor> run_svd(const std::vector<Tensor>& in, const Attributes&) { return svd(in[0]); }

// About 9 n^3, and 4 m n k + 22 k^3 (Golub and Van Loan, 8.3 and 8.6).
int64_t eigh_flops(const std::vector<Shape>& in, const Attributes&) { return 9 * in[0].numel() * in[0].back(); }
int64_t svd_flops(const std::vector<Shape>& in, const Attributes&) {
  const int64_t m = in[0][in[0].rank() - 2], n = in[0].back(), k = std::min(m, n), batches = in[0].numel() / std::max<int64_t>(1, m * n);
  return batches * (4 * m * n * k + 22 * k * k * k);
}

// Values 1, 2, ... apart at least by far more than the noise on them.
Tensor spread(const Shape& shape, uint64_t seed) {
  NoGrad off;
  const int64_t k = std::min(shape[shape.rank() - 2], shape.back());
  Tensor diagonal = as_diagonal(arange(double(k)) + 1.0);
  if (shape.back() > k) diagonal = cat({diagonal, zeros({k, shape.back() - k})}, 1);
  if (shape[shape.rank() - 2] > k) diagonal = cat({diagonal, zeros({shape[shape.rank() - 2] - k, shape.back()})}, 0);
  return 2.0 * diagonal + 0.4 * sample_normal(shape, seed);
}

Samples eigh_samples() {
  Samples s(eigh_op);
  s.only_f32_f64("16 bits do not tell near values apart");
  s.add({spread({3, 3}, 1)});
  s.add({spread({4, 4}, 2)});
  s.add({spread({2, 3, 3}, 3)});
  s.add({spread({2, 1, 2, 2}, 4)});
  s.add({sample_normal({1, 1}, 5)});
  s.add({sample_normal({0, 0})});
  s.add({sample_normal({0, 2, 2})});
  s.fails({sample_normal({2, 3})}, "[eigh] a must be square (a [2, 3])");
  s.fails({full({2, 2}, std::numeric_limits<double>::quiet_NaN())}, "[eigh] a holds NaN or infinity (a [2, 2])");
  s.fails({sample_mask({2, 2})}, "[eigh] a is bool, but linear algebra needs the digits of f32 or f64.");
  return s;
}

Samples svd_samples() {
  Samples s(svd_op);
  s.only_f32_f64("16 bits do not tell near values apart");
  s.add({spread({3, 3}, 1)});
  s.add({spread({4, 2}, 2)});
  s.add({spread({2, 4}, 3)});
  s.add({spread({2, 3, 2}, 4)});
  s.add({spread({2, 1, 2, 3}, 5)});
  s.add({sample_normal({3, 1}, 6)});
  s.add({sample_normal({1, 1}, 7)});
  s.add({sample_normal({3, 0})});
  s.add({sample_normal({0, 2, 2})});
  s.fails({sample_normal({3})}, "[svd] a must have at least 2 axes (a [3])");
  s.fails({full({1, 2, 2}, std::numeric_limits<double>::infinity())}, "[svd] matrix 0 of the batch holds NaN or infinity (a [1, 2, 2])");
  s.fails({sample_index({2, 2}, 9)}, "[svd] a is i64, but linear algebra needs the digits of f32 or f64.");
  return s;
}

}  // namespace

const OpInfo eigh_op = {"eigh", Autocast::f32, run_eigh, eigh_samples, eigh_flops};
const OpInfo svd_op = {"svd", Autocast::f32, run_svd, svd_samples, svd_flops};

}  // namespace cairn
