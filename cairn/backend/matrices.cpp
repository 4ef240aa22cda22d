#include <cairn/backend/matrices.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include <cairn/backend/reference/loop.h>

namespace cairn {

Matrix transposed(const Matrix& x) {
  Matrix y(x.columns, x.rows);
  for (int64_t i = 0; i < x.rows; i++)
    for (int64_t j = 0; j < x.columns; j++) y(j, i) = x(i, j);
  return y;
}

Matrix identity(int64_t n) {
  Matrix y(n, n);
  for (int64_t i = 0; i < n; i++) y(i, i) = 1;
  return y;
}

namespace {

void check_type(const char* kernel, const Array& x) {
  if (x.dtype() != f32 && x.dtype() != f64) reference::unsupported(kernel, "a factorisation", x.dtype());
}

int64_t batches(const Array& x, int matrix_axes = 2) {
  int64_t n = 1;
  for (int i = 0; i < x.rank() - matrix_axes; i++) n *= x.size(i);
  return n;
}

int64_t start_of(const Array& x, int64_t batch, int matrix_axes = 2) {
  int64_t at = 0;
  for (int i = x.rank() - matrix_axes - 1; i >= 0; i--) {
    at += batch % x.size(i) * x.strides()[i];
    batch /= x.size(i);
  }
  return at;
}

template <class F> void visit(const Array& x, F f) {
  if (x.dtype() == f64) f(x.ptr<double>());
  else f(x.ptr<float>());
}

Matrix take(const Array& x, int64_t batch) {
  Matrix y(x.size(-2), x.size(-1));
  const int64_t at = start_of(x, batch), down = x.strides()[x.rank() - 2], right = x.strides()[x.rank() - 1];
  visit(x, [&](const auto* p) {
    for (int64_t j = 0; j < y.columns; j++)
      for (int64_t i = 0; i < y.rows; i++) y(i, j) = p[at + i * down + j * right];
  });
  return y;
}

// Halved before they are added: the sum of two large numbers must not overflow.
Matrix take_symmetric(const Array& x, int64_t batch) {
  Matrix y = take(x, batch);
  for (int64_t j = 0; j < y.columns; j++)
    for (int64_t i = 0; i < j; i++) y(i, j) = y(j, i) = 0.5 * y(i, j) + 0.5 * y(j, i);
  return y;
}

template <class T> T rounded(double x) { return static_cast<T>(x); }

void put(const Matrix& x, Array& y, int64_t batch) {
  visit(y, [&](auto* p) {
    p += batch * x.rows * x.columns;
    for (int64_t i = 0; i < x.rows; i++)
      for (int64_t j = 0; j < x.columns; j++) *p++ = rounded<std::decay_t<decltype(*p)>>(x(i, j));
  });
}
void put(const std::vector<double>& x, Array& y, int64_t batch) {
  visit(y, [&](auto* p) {
    p += batch * int64_t(x.size());
    for (double v : x) *p++ = rounded<std::decay_t<decltype(*p)>>(v);
  });
}

// Is the component of the largest magnitude, the first of equals, negative? Components that differ by rounding alone count as equal, so that
// two ways of computing the vector agree.
bool points_down(const double* v, int64_t n) {
  double largest = 0;
  for (int64_t i = 0; i < n; i++) largest = std::max(largest, std::abs(v[i]));
  for (int64_t i = 0; i < n; i++)
    if (std::abs(v[i]) >= largest * (1 - 1e-9)) return v[i] < 0;
  return false;
}

bool all_are_finite(const Matrix& x) {
  return std::all_of(x.values.begin(), x.values.end(), [](double v) { return std::isfinite(v); });
}

void negate(double* v, int64_t n) {
  for (int64_t i = 0; i < n; i++) v[i] = -v[i];
}

// A pivot this small is what rounding leaves of zero: its row and its column of a were larger by more than the type has digits.
std::vector<double> rounding_of_pivots(const Matrix& a, DType dtype) {
  const double eps = dtype == f64 ? std::numeric_limits<double>::epsilon() : double(std::numeric_limits<float>::epsilon());
  std::vector<double> limits;  // the largest of each row, then of each column
  for (int64_t i = 0; i < a.rows; i++) {
    double largest = 0;
    for (int64_t j = 0; j < a.columns; j++) largest = std::max(largest, std::abs(a(i, j)));
    limits.push_back(double(a.rows) * eps * largest);
  }
  for (int64_t j = 0; j < a.columns; j++) {
    double largest = 0;
    for (int64_t i = 0; i < a.rows; i++) largest = std::max(largest, std::abs(a(i, j)));
    limits.push_back(double(a.rows) * eps * largest);
  }
  return limits;
}

}  // namespace

Status solve_each(const Factorisations& by, const Array& a, const Array& b, Array& x) {
  check_type("solve", a);
  for (int64_t k = 0; k < batches(a); k++) {
    Matrix factors = take(a, k), solution = take(b, k);
    const int64_t n = factors.rows;
    const std::vector<double> limits = rounding_of_pivots(factors, a.dtype());
    std::vector<int64_t> order;
    if (const int64_t pivot = by.solve(factors, solution, order)) return {k, pivot};
    for (int64_t i = 0; i < n; i++)
      if (std::abs(factors(i, i)) <= std::min(limits[size_t(order[size_t(i)])], limits[size_t(n + i)])) return {k, i + 1};
    put(solution, x, k);
  }
  return {};
}

Status cholesky_each(const Factorisations& by, const Array& a, Array& l) {
  check_type("cholesky", a);
  for (int64_t k = 0; k < batches(a); k++) {
    Matrix m = take_symmetric(a, k);
    if (const int64_t minor = by.cholesky(m)) return {k, minor};
    for (int64_t i = 0; i < m.rows; i++)
      if (!(m(i, i) > 0)) return {k, i + 1};  // NaN
    put(m, l, k);
  }
  return {};
}

void qr_each(const Factorisations& by, const Array& x, Array& q, Array& r) {
  check_type("qr", x);
  for (int64_t k = 0; k < batches(x); k++) {
    Matrix left, right;
    by.qr(take(x, k), left, right);
    for (int64_t i = 0; i < right.rows; i++) {
      if (!(right(i, i) < 0)) continue;
      negate(left.column(i), left.rows);
      for (int64_t j = i; j < right.columns; j++) right(i, j) = -right(i, j);
    }
    put(left, q, k);
    put(right, r, k);
  }
}

Status eigh_each(const Factorisations& by, const Array& a, Array& values, Array& vectors) {
  check_type("eigh", a);
  for (int64_t k = 0; k < batches(a); k++) {
    Matrix v = take_symmetric(a, k);
    std::vector<double> w;
    if (!all_are_finite(v)) return {k, 2};
    if (by.eigh(v, w)) return {k, 1};
    for (int64_t j = 0; j < v.columns; j++)
      if (points_down(v.column(j), v.rows)) negate(v.column(j), v.rows);
    put(w, values, k);
    put(v, vectors, k);
  }
  return {};
}

Status svd_each(const Factorisations& by, const Array& a, Array& u, Array& s, Array& vh) {
  check_type("svd", a);
  for (int64_t k = 0; k < batches(a); k++) {
    Matrix left, right;
    const Matrix x = take(a, k);
    std::vector<double> scale;
    if (!all_are_finite(x)) return {k, 2};
    if (by.svd(x, left, scale, right)) return {k, 1};
    for (int64_t j = 0; j < left.columns; j++) {
      if (!points_down(left.column(j), left.rows)) continue;
      negate(left.column(j), left.rows);
      for (int64_t i = 0; i < right.columns; i++) right(j, i) = -right(j, i);
    }
    put(left, u, k);
    put(scale, s, k);
    put(right, vh, k);
  }
  return {};
}

}  // namespace cairn
