// QR factorisation by Householder reflections (Golub and Van Loan, Matrix Computations, 5.2), in double.
//   For each column j: v = (lower part of column j) + sign(x_jj) |.| e_1,  H_j = 1 - 2 v v^T / v^T v  makes it zero below the diagonal:
//   H_n ... H_1 x = r,  so  q = H_1 ... H_n (first n columns of the identity).
//   r's diagonal can then have either sign; negating a row of r with its column of q changes neither the product nor orthogonality.
#include <vector>

#include <cairn/backend/reference/loop.h>
#include <cairn/backend/reference/reference.h>

namespace cairn {

using namespace reference;

namespace {

struct Dense {
  int64_t rows, columns;
  std::vector<double> values;
  Dense(int64_t m, int64_t n) : rows(m), columns(n), values(m * n) {}
  double& operator()(int64_t i, int64_t j) { return values[i * columns + j]; }
};

// x[from:, :] -= 2 v (v^T x[from:, :]) / v^T v
void reflect(const std::vector<double>& v, int64_t from, Dense& x) {
  double vv = 0;
  for (double e : v) vv += e * e;
  if (vv == 0) return;
  for (int64_t j = 0; j < x.columns; j++) {
    double vx = 0;
    for (int64_t i = from; i < x.rows; i++) vx += v[i - from] * x(i, j);
    for (int64_t i = from; i < x.rows; i++) x(i, j) -= 2 * v[i - from] * vx / vv;
  }
}

}  // namespace

void ReferenceBackend::qr(const Array& x, Array& q, Array& r) {
  if (!is_floating(x.dtype())) unsupported("qr", "a factorisation", x.dtype());
  const int64_t m = x.size(0), n = x.size(1);
  if (m < n) throw ShapeError("[qr] x has fewer rows than columns (x " + x.shape().str() + "). Hint: factorise its transpose.");
  visit_floating(x.dtype(), [&](auto tag) {
    using T = decltype(tag);
    using W = Wide<T>;
    Dense a(m, n), b(m, n);
    for (int64_t i = 0; i < m; i++)
      for (int64_t j = 0; j < n; j++) a(i, j) = W(x.ptr<T>()[i * x.strides()[0] + j * x.strides()[1]]);
    std::vector<std::vector<double>> vs;
    for (int64_t j = 0; j < n; j++) {
      std::vector<double> v;
      double norm = 0;
      for (int64_t i = j; i < m; i++) v.push_back(a(i, j)), norm = std::hypot(norm, a(i, j));
      v[0] += std::copysign(norm, v[0]);
      reflect(v, j, a);
      vs.push_back(std::move(v));
    }
    for (int64_t j = 0; j < n; j++) b(j, j) = 1;
    for (int64_t j = n - 1; j >= 0; j--) reflect(vs[j], j, b);
    for (int64_t j = 0; j < n; j++) {
      const double sign = a(j, j) < 0 ? -1 : 1;
      for (int64_t i = 0; i < m; i++) q.ptr<T>()[i * n + j] = convert<T>(sign * b(i, j));
      for (int64_t i = 0; i < n; i++) r.ptr<T>()[j * n + i] = convert<T>(i < j ? 0.0 : sign * a(j, i));
    }
  });
}

}  // namespace cairn
