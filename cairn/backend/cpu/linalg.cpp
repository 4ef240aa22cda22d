// Linear algebra by LAPACK (Anderson et al., LAPACK Users' Guide): LU with partial pivoting, blocked Cholesky and QR, divide and conquer for
// eigenvalues and singular values. f32 is computed in f64 and rounded once, as the reference does; matrices.h has what stands around.
#include <algorithm>
#include <limits>
#include <numeric>

#include <cairn/backend/cpu/cpu_backend.h>
#include <cairn/backend/cpu/lapack.h>
#include <cairn/backend/matrices.h>

namespace cairn {

namespace {

// Leading dimensions are at least 1, also of matrices without rows.
lapack_int leading(const Matrix& x) { return lapack_int(std::max<int64_t>(1, x.rows)); }

int64_t solve_one(Matrix& a, Matrix& b, std::vector<int64_t>& order) {
  const int64_t n = a.rows;
  std::vector<lapack_int> swapped(size_t(n), 0);
  const lapack_int info =
      lapack().gesv(LAPACK_COL_MAJOR, lapack_int(n), lapack_int(b.columns), a.values.data(), leading(a), swapped.data(), b.values.data(), leading(b));
  if (info) return info;
  order.resize(size_t(n));
  std::iota(order.begin(), order.end(), 0);
  for (int64_t i = 0; i < n; i++)  // of NaN it may find no pivot
    if (const int64_t from = swapped[size_t(i)] - 1; from > i && from < n) std::swap(order[size_t(i)], order[size_t(from)]);
  return 0;
}

int64_t cholesky_one(Matrix& a) {
  const lapack_int info = lapack().potrf(LAPACK_COL_MAJOR, 'L', lapack_int(a.rows), a.values.data(), leading(a));
  for (int64_t j = 0; j < a.columns; j++) std::fill_n(a.column(j), j, 0.0);
  return info;
}

int64_t qr_one(const Matrix& x, Matrix& q, Matrix& r) {
  const int64_t m = x.rows, n = x.columns, k = std::min(m, n);
  Matrix a = x;
  std::vector<double> scales(size_t(k), 0);
  lapack_int info = lapack().geqrf(LAPACK_COL_MAJOR, lapack_int(m), lapack_int(n), a.values.data(), leading(a), scales.data());
  q = Matrix(m, k), r = Matrix(k, n);
  for (int64_t j = 0; j < n; j++) std::copy_n(a.column(j), std::min(j + 1, k), r.column(j));
  std::copy_n(a.values.data(), m * k, q.values.data());
  if (!info) info = lapack().orgqr(LAPACK_COL_MAJOR, lapack_int(m), lapack_int(k), lapack_int(k), q.values.data(), leading(q), scales.data());
  if (info)  // it refuses NaN; the loops pass it on
    for (Matrix* y : {&q, &r}) std::fill(y->values.begin(), y->values.end(), std::numeric_limits<double>::quiet_NaN());
  return 0;
}

int64_t eigh_one(Matrix& a, std::vector<double>& values) {
  values.resize(size_t(a.rows));
  return lapack().syevd(LAPACK_COL_MAJOR, 'V', 'L', lapack_int(a.rows), a.values.data(), leading(a), values.data());
}

int64_t svd_one(const Matrix& a, Matrix& u, std::vector<double>& s, Matrix& vt) {
  const int64_t m = a.rows, n = a.columns, k = std::min(m, n);
  Matrix w = a;
  u = Matrix(m, k), vt = Matrix(k, n), s.resize(size_t(k));
  return lapack().gesdd(LAPACK_COL_MAJOR, 'S', lapack_int(m), lapack_int(n), w.values.data(), leading(w), s.data(), u.values.data(), leading(u),
                        vt.values.data(), leading(vt));
}

constexpr Factorisations by_lapack = {solve_one, cholesky_one, qr_one, eigh_one, svd_one};

}  // namespace

Status CpuBackend::solve(const Array& a, const Array& b, Array& x) { return solve_each(by_lapack, a, b, x); }
Status CpuBackend::cholesky(const Array& a, Array& l) { return cholesky_each(by_lapack, a, l); }
void CpuBackend::qr(const Array& x, Array& q, Array& r) { qr_each(by_lapack, x, q, r); }
Status CpuBackend::eigh(const Array& a, Array& values, Array& vectors) { return eigh_each(by_lapack, a, values, vectors); }
Status CpuBackend::svd(const Array& a, Array& u, Array& s, Array& vh) { return svd_each(by_lapack, a, u, s, vh); }

}  // namespace cairn
