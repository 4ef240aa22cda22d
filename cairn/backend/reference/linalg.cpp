// Linear algebra by the textbook's loops, in double (Golub and Van Loan, Matrix Computations). cairn/backend/matrices.h has what stands around.
//   solve      Gaussian elimination with partial pivoting (3.4): the largest element of a column becomes the pivot, then back substitution
//   cholesky   l_jj = sqrt(a_jj - sum_k l_jk^2),  l_ij = (a_ij - sum_k l_ik l_jk) / l_jj, column by column (4.2)
//   qr         Householder reflections (5.2): v = (lower part of column j) + sign(x_jj) |.| e_1,  H_j = 1 - 2 v v^T / v^T v makes the column zero
//              below the diagonal:  H_n ... H_1 x = r,  so  q = H_1 ... H_n (first columns of the identity)
//   eigh       Jacobi's rotations (8.5): each makes one pair of elements off the diagonal zero; sweeps over all pairs until nothing is left
//   svd        one-sided Jacobi (Hestenes 1958): rotations make the columns of a orthogonal; their lengths are the singular values
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <cairn/backend/matrices.h>
#include <cairn/backend/reference/reference.h>

namespace cairn {

namespace {

constexpr int most_sweeps = 60;  // Jacobi's methods need about log2(n) + 4
constexpr double eps = std::numeric_limits<double>::epsilon();

int64_t eliminate(Matrix& a, Matrix& b, std::vector<int64_t>& order) {
  const int64_t n = a.rows, columns = b.columns;
  order.resize(size_t(n));
  std::iota(order.begin(), order.end(), 0);
  for (int64_t k = 0; k < n; k++) {
    int64_t pivot = k;
    for (int64_t i = k + 1; i < n; i++)
      if (std::abs(a(i, k)) > std::abs(a(pivot, k))) pivot = i;
    if (a(pivot, k) == 0) return k + 1;
    for (int64_t j = 0; j < n; j++) std::swap(a(k, j), a(pivot, j));
    for (int64_t j = 0; j < columns; j++) std::swap(b(k, j), b(pivot, j));
    std::swap(order[size_t(k)], order[size_t(pivot)]);
    for (int64_t i = k + 1; i < n; i++) {
      const double factor = a(i, k) / a(k, k);
      a(i, k) = factor;
      for (int64_t j = k + 1; j < n; j++) a(i, j) -= factor * a(k, j);
      for (int64_t j = 0; j < columns; j++) b(i, j) -= factor * b(k, j);
    }
  }
  for (int64_t j = 0; j < columns; j++)
    for (int64_t i = n - 1; i >= 0; i--) {
      for (int64_t k = i + 1; k < n; k++) b(i, j) -= a(i, k) * b(k, j);
      b(i, j) /= a(i, i);
    }
  return 0;
}

int64_t cholesky_of(Matrix& a) {
  const int64_t n = a.rows;
  for (int64_t j = 0; j < n; j++) {
    double rest = a(j, j);
    for (int64_t k = 0; k < j; k++) rest -= a(j, k) * a(j, k);
    if (!(rest > 0)) return j + 1;
    a(j, j) = std::sqrt(rest);
    for (int64_t i = j + 1; i < n; i++) {
      double sum = a(i, j);
      for (int64_t k = 0; k < j; k++) sum -= a(i, k) * a(j, k);
      a(i, j) = sum / a(j, j);
      a(j, i) = 0;
    }
  }
  return 0;
}

// x[from:, :] -= 2 v (v^T x[from:, :]) / v^T v
void reflect(const std::vector<double>& v, int64_t from, Matrix& x) {
  double vv = 0;
  for (double e : v) vv += e * e;
  if (vv == 0) return;
  for (int64_t j = 0; j < x.columns; j++) {
    double* column = x.column(j) + from;
    double vx = 0;
    for (size_t i = 0; i < v.size(); i++) vx += v[i] * column[i];
    for (size_t i = 0; i < v.size(); i++) column[i] -= 2 * v[i] * vx / vv;
  }
}

int64_t qr_of(const Matrix& x, Matrix& q, Matrix& r) {
  const int64_t m = x.rows, n = x.columns, k = std::min(m, n);
  Matrix a = x;
  std::vector<std::vector<double>> vs;
  for (int64_t j = 0; j < k; j++) {
    std::vector<double> v(a.column(j) + j, a.column(j) + m);
    double norm = 0;
    for (double e : v) norm = std::hypot(norm, e);
    v[0] += std::copysign(norm, v[0]);
    reflect(v, j, a);
    vs.push_back(std::move(v));
  }
  q = Matrix(m, k), r = Matrix(k, n);
  for (int64_t j = 0; j < k; j++) q(j, j) = 1;
  for (int64_t j = k - 1; j >= 0; j--) reflect(vs[size_t(j)], j, q);
  for (int64_t j = 0; j < n; j++)
    for (int64_t i = 0; i <= std::min(j, k - 1); i++) r(i, j) = a(i, j);
  return 0;
}

// The columns x and y become c x - s y and s x + c y.
void rotate(double* x, double* y, int64_t n, double c, double s) {
  for (int64_t i = 0; i < n; i++) {
    const double xi = x[i], yi = y[i];
    x[i] = c * xi - s * yi;
    y[i] = s * xi + c * yi;
  }
}

// The rotation that makes [p, r; r, q] diagonal: tan 2t = 2 r / (q - p), the smaller of the two angles.
void jacobi_angle(double p, double q, double r, double& c, double& s) {
  const double tau = (q - p) / (2 * r), t = (tau >= 0 ? 1.0 : -1.0) / (std::abs(tau) + std::hypot(1.0, tau));
  c = 1 / std::hypot(1.0, t);
  s = t * c;
}

// Columns (and numbers) in the order of `key`, the smallest first.
std::vector<int64_t> order_of(const std::vector<double>& key) {
  std::vector<int64_t> order(key.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int64_t i, int64_t j) { return key[size_t(i)] < key[size_t(j)]; });
  return order;
}

int64_t eigh_of(Matrix& a, std::vector<double>& values) {
  const int64_t n = a.rows;
  Matrix v = identity(n);
  double scale = 0;
  for (double e : a.values) scale = std::hypot(scale, e);
  for (int sweep = 0;; sweep++) {
    bool rotated = false;
    for (int64_t p = 0; p < n; p++)
      for (int64_t q = p + 1; q < n; q++) {
        if (std::abs(a(p, q)) <= eps * 1e-3 * scale) continue;
        rotated = true;
        double c, s;
        jacobi_angle(a(p, p), a(q, q), a(p, q), c, s);
        rotate(a.column(p), a.column(q), n, c, s);  // a <- J^T a J: the columns, then the rows
        for (int64_t j = 0; j < n; j++) {
          const double x = a(p, j), y = a(q, j);
          a(p, j) = c * x - s * y;
          a(q, j) = s * x + c * y;
        }
        a(p, q) = a(q, p) = 0;  // up to rounding, which would be rotated again and again
        rotate(v.column(p), v.column(q), n, c, s);
      }
    if (!rotated) break;
    if (sweep == most_sweeps) return 1;
  }
  std::vector<double> diagonal;
  for (int64_t i = 0; i < n; i++) diagonal.push_back(a(i, i));
  const std::vector<int64_t> order = order_of(diagonal);
  values.resize(size_t(n));
  for (int64_t j = 0; j < n; j++) {
    values[size_t(j)] = diagonal[size_t(order[size_t(j)])];
    std::copy_n(v.column(order[size_t(j)]), n, a.column(j));
  }
  return 0;
}

double dot(const double* x, const double* y, int64_t n) {
  double sum = 0;
  for (int64_t i = 0; i < n; i++) sum += x[i] * y[i];
  return sum;
}

// Column j of u becomes a unit vector orthogonal to the columns before it: the first axis of which more than enough is left (Gram and Schmidt,
// twice for the digits).
void complete(Matrix& u, int64_t j) {
  for (int64_t axis = 0; axis < u.rows; axis++) {
    double* x = u.column(j);
    std::fill_n(x, u.rows, 0.0);
    x[axis] = 1;
    for (int pass = 0; pass < 2; pass++)
      for (int64_t k = 0; k < j; k++) {
        const double share = dot(u.column(k), x, u.rows);
        for (int64_t i = 0; i < u.rows; i++) x[i] -= share * u(i, k);
      }
    const double norm = std::sqrt(dot(x, x, u.rows));
    if (norm * norm * double(2 * u.rows) < 1) continue;  // of the m axes one keeps (m - j) / m of its square at least
    for (int64_t i = 0; i < u.rows; i++) x[i] /= norm;
    return;
  }
}

int64_t svd_of(const Matrix& a, Matrix& u, std::vector<double>& s, Matrix& vt) {
  if (a.rows < a.columns) {  // a^T = v s u^T
    Matrix v, ut;
    const int64_t bad = svd_of(transposed(a), v, s, ut);
    u = transposed(ut), vt = transposed(v);
    return bad;
  }
  const int64_t m = a.rows, n = a.columns;
  double scale = 0;
  for (double e : a.values) scale = std::max(scale, std::abs(e));
  Matrix w = a, v = identity(n);
  for (double& e : w.values) e = scale > 0 ? e / scale : 0;  // so that squares neither overflow nor vanish
  for (int sweep = 0;; sweep++) {
    bool rotated = false;
    for (int64_t p = 0; p < n; p++)
      for (int64_t q = p + 1; q < n; q++) {
        const double pp = dot(w.column(p), w.column(p), m), qq = dot(w.column(q), w.column(q), m), pq = dot(w.column(p), w.column(q), m);
        // A column of nothing but rounding errors is as good as zero: its direction means nothing.
        if (std::abs(pq) <= eps * std::sqrt(double(m) * pp * qq) || std::min(pp, qq) <= eps * eps * double(m)) continue;
        rotated = true;
        double c, t;
        jacobi_angle(pp, qq, pq, c, t);
        rotate(w.column(p), w.column(q), m, c, t);
        rotate(v.column(p), v.column(q), n, c, t);
      }
    if (!rotated) break;
    if (sweep == most_sweeps) return 1;
  }
  std::vector<double> lengths;
  for (int64_t j = 0; j < n; j++) lengths.push_back(-std::sqrt(dot(w.column(j), w.column(j), m)));
  const std::vector<int64_t> order = order_of(lengths);
  u = Matrix(m, n), vt = Matrix(n, n), s.resize(size_t(n));
  for (int64_t j = 0; j < n; j++) {
    const int64_t from = order[size_t(j)];
    const double length = -lengths[size_t(from)];
    s[size_t(j)] = length * scale;
    for (int64_t i = 0; i < n; i++) vt(j, i) = v(i, from);
    if (length <= eps * double(m)) complete(u, j);
    else
      for (int64_t i = 0; i < m; i++) u(i, j) = w(i, from) / length;
  }
  return 0;
}

constexpr Factorisations loops = {eliminate, cholesky_of, qr_of, eigh_of, svd_of};

}  // namespace

Status ReferenceBackend::solve(const Array& a, const Array& b, Array& x) { return solve_each(loops, a, b, x); }
Status ReferenceBackend::cholesky(const Array& a, Array& l) { return cholesky_each(loops, a, l); }
void ReferenceBackend::qr(const Array& x, Array& q, Array& r) { qr_each(loops, x, q, r); }
Status ReferenceBackend::eigh(const Array& a, Array& values, Array& vectors) { return eigh_each(loops, a, values, vectors); }
Status ReferenceBackend::svd(const Array& a, Array& u, Array& s, Array& vh) { return svd_each(loops, a, u, s, vh); }

}  // namespace cairn
