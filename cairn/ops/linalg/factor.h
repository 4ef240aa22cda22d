// What the factorisations share: checks, error texts, and pieces of their gradients.
#pragma once

#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>

namespace cairn {

inline void check_f32_f64(const char* op, const Tensor& x, const char* name) {
  if (x.dtype() == f32 || x.dtype() == f64) return;
  throw DtypeError(std::string("[") + op + "] " + name + " is " + name_of(x.dtype()) +
                   ", but linear algebra needs the digits of f32 or f64. Hint: " + name + ".to(f64).");
}

inline void check_square(const char* op, const Tensor& a) {
  check_rank(op, a, at_least(2), "a");
  if (a.shape()[a.rank() - 1] != a.shape()[a.rank() - 2])
    fail_shape(op, "a must be square", {{"a", a}}, "qr and svd take other matrices; a.t() times a is square.");
}

// "[op] a is what. Hint: ..."; of a batch it says which matrix.
[[noreturn]] inline void fail_matrix(const char* op, const Tensor& a, int64_t batch, const std::string& what, const std::string& hint) {
  throw NumericError(std::string("[") + op + "] " + (a.rank() > 2 ? "matrix " + std::to_string(batch) + " of the batch " : std::string("a ")) + what +
                     " (a " + a.shape().str() + ")." + (hint.empty() ? "" : " Hint: " + hint));
}

inline Shape with_last(Shape shape, int64_t rows, int64_t columns) {
  shape[shape.rank() - 2] = rows;
  shape[shape.rank() - 1] = columns;
  return shape;
}

inline Tensor adjoint(const Tensor& x) { return transpose(x, -2, -1); }
inline Tensor symmetric_part(const Tensor& x) { return 0.5 * (x + adjoint(x)); }
inline Tensor as_diagonal(const Tensor& w) { return unsqueeze(w, -1) * eye(w.shape().back(), w.dtype()); }  // [.., n] -> [.., n, n]

// 1 / (w_j - w_i) off the diagonal, 0 on it.
inline Tensor one_over_gaps(const Tensor& w) {
  const Tensor one = eye(w.shape().back(), w.dtype());
  return (1.0 - one) / (unsqueeze(w, -2) - unsqueeze(w, -1) + one);
}

// x r^{-1} and x r^{-T}, of matrices.
inline Tensor divide_right(const Tensor& x, const Tensor& r) { return adjoint(solve(adjoint(r), adjoint(x))); }
inline Tensor divide_right_transposed(const Tensor& x, const Tensor& r) { return adjoint(solve(r, adjoint(x))); }

}  // namespace cairn
