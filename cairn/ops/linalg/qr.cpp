// qr: a = q r                    a: [.., m, n]   q: [.., m, k], orthonormal columns   r: [.., k, n], upper triangular, diagonal >= 0   k = min(m, n)
//   m >= n:  da = (dq + q S(r dr^T - dq^T q)) r^{-T}, S copies the lower triangle to the upper       (Seeger et al. 2017, Walter and Lehmann 2013)
//   m < n:   a = [x | y], r = [u | v]: x = q u is the square case, y = q v is a product: v = q^T y     (Roberts and Roberts 2020)
//            dy = q dv,   and x sees dq + y dv^T beside du
// The gradient needs r's (u's) inverse: the first k columns of a independent. A column of zeros, say, has none: NumericError in backward.
#include <cmath>
#include <limits>

#include <cairn/ops/linalg/factor.h>

namespace cairn {

extern const OpInfo qr_op;

namespace {

Tensor lower_on_both_sides(const Tensor& m) { return tril(m) + adjoint(tril(m, -1)); }

// Is a column of a within rounding in the plane of those before it?
void check_independent(const Tensor& r) {
  const int64_t n = r.shape().back();
  const std::vector<double> v = r.detach().to_vector<double>();
  const double eps = r.dtype() == f64 ? std::numeric_limits<double>::epsilon() : double(std::numeric_limits<float>::epsilon());
  for (size_t first = 0; n > 0 && first < v.size(); first += size_t(n * n))
    for (int64_t j = 0; j < n; j++) {
      double length = 0;
      for (int64_t i = 0; i <= j; i++) length = std::hypot(length, v[first + size_t(i * n + j)]);
      if (v[first + size_t(j * n + j)] > double(n) * eps * length) continue;
      throw NumericError("[qr] has no gradient here: column " + std::to_string(j) + " of a depends on those before it, so that r (r " +
                         r.shape().str() + ") has no inverse. Hint: a column that repeats another, or is zero, has to go.");
    }
}

// The gradient of a [.., m, n], m >= n.
Tensor tall_gradient(const Tensor& q, const Tensor& r, const Tensor& dq, const Tensor& dr) {
  check_independent(r);
  const Tensor m = matmul(r, adjoint(dr)) - matmul(adjoint(dq), q);
  return divide_right_transposed(dq + matmul(q, lower_on_both_sides(m)), r);
}

}  // namespace

std::vector<Tensor> qr(const Tensor& a) {
  check_rank("qr", a, at_least(2), "a");
  Call op(qr_op, {a});
  check_f32_f64("qr", op.input(0), "a");
  const int64_t m = op[0].size(-2), n = op[0].size(-1), k = std::min(m, n);
  Array q = op.out(with_last(op[0].shape(), m, k)), r = op.out(with_last(op[0].shape(), k, n));
  op.kernel().qr(op[0], q, r);
  return op.differentiable({q, r}, op.save_output({0}), [m, n](Backward& g) {
    g.give(0, [&] {
      const Tensor q = g.output(0), r = g.output(1), dq = g.grad(0), dr = triu(g.grad(1));
      if (m >= n) return tall_gradient(q, r, dq, dr);
      const Tensor y = slice(g.input(0), -1, {.start = m}), dv = slice(dr, -1, {.start = m});
      const Tensor dx = tall_gradient(q, slice(r, -1, {.stop = m}), dq + matmul(y, adjoint(dv)), slice(dr, -1, {.stop = m}));
      return cat({dx, matmul(q, dv)}, -1);
    });
  });
}

namespace {

std::vector<Tensor> run_qr(const std::vector<Tensor>& in, const Attributes&) { return qr(in[0]); }

int64_t qr_flops(const std::vector<Shape>& in, const Attributes&) {  // 2 k^2 (longer - k / 3), and as many for q
  const int64_t m = in[0][in[0].rank() - 2], n = in[0].back(), k = std::min(m, n), batches = in[0].numel() / std::max<int64_t>(1, m * n);
  return batches * 4 * k * k * (std::max(m, n) - k / 3);
}

Samples qr_samples() {
  Samples s(qr_op);
  s.only_f32_f64("16 bits lose the orthogonality");
  s.add({sample_normal({3, 3}, 1)});
  s.add({sample_normal({5, 3}, 2)});
  s.add({sample_normal({2, 4}, 3)});
  s.add({sample_normal({2, 4, 2}, 4)});
  s.add({sample_normal({2, 1, 2, 3}, 5)});
  s.add({sample_normal({3, 1}, 6)});
  s.add({sample_normal({1, 1}, 7)});
  s.add({sample_normal({3, 0})});
  s.add({sample_normal({0, 3, 2})});
  s.fails({sample_normal({3})}, "[qr] a must have at least 2 axes (a [3])");
  s.fails({sample_index({2, 2}, 9)}, "[qr] a is i64, but linear algebra needs the digits of f32 or f64. Hint: a.to(f64).");
  return s;
}

}  // namespace

const OpInfo qr_op = {"qr", Autocast::f32, run_qr, qr_samples, qr_flops};

}  // namespace cairn
