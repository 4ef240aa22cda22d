// Dense matrices in double, and what every factorisation does around its arithmetic: it takes each matrix of a batch [..., m, n] out of its
// array, factorises it, makes the signs unique, and rounds the result into place. The reference's loops and LAPACK both stand in the middle.
#pragma once

#include <vector>

#include <cairn/backend/backend.h>

namespace cairn {

// By columns, as LAPACK has them.
struct Matrix {
  int64_t rows = 0, columns = 0;
  std::vector<double> values;
  Matrix() = default;
  Matrix(int64_t m, int64_t n) : rows(m), columns(n), values(size_t(m * n)) {}
  double& operator()(int64_t i, int64_t j) { return values[size_t(j * rows + i)]; }
  double operator()(int64_t i, int64_t j) const { return values[size_t(j * rows + i)]; }
  double* column(int64_t j) { return values.data() + j * rows; }
};
Matrix transposed(const Matrix& x);
Matrix identity(int64_t n);

// One matrix each. They return 0, or what went wrong: a pivot or leading minor (from 1), 1 where the iteration did not converge.
//   solve      a is overwritten by its triangular factors, b by the solution; order: which row of a each pivot came from
//   cholesky   a is overwritten by l, zeros above the diagonal
//   qr         x [m, n] -> q [m, k], r [k, n], k = min(m, n), in any signs
//   eigh       a symmetric, overwritten by the eigenvectors; values ascending
//   svd        a [m, n] -> u [m, k], s [k] descending, vt [k, n]
struct Factorisations {
  int64_t (*solve)(Matrix& a, Matrix& b, std::vector<int64_t>& order);
  int64_t (*cholesky)(Matrix& a);
  int64_t (*qr)(const Matrix& x, Matrix& q, Matrix& r);
  int64_t (*eigh)(Matrix& a, std::vector<double>& values);
  int64_t (*svd)(const Matrix& a, Matrix& u, std::vector<double>& s, Matrix& vt);
};

// The kernels of backend.h, made of these. UnsupportedError for types other than f32 and f64.
Status solve_each(const Factorisations& by, const Array& a, const Array& b, Array& x);
Status cholesky_each(const Factorisations& by, const Array& a, Array& l);
void qr_each(const Factorisations& by, const Array& x, Array& q, Array& r);
Status eigh_each(const Factorisations& by, const Array& a, Array& values, Array& vectors);
Status svd_each(const Factorisations& by, const Array& a, Array& u, Array& s, Array& vh);

}  // namespace cairn
