// Matrix products: y_ij = bias_j + sum_p a_ip b_pj                                   a [m, k], b [k, n], y [m, n], bias [n]
// The sums run in double, in the order of p; those of integers modulo 2^64.
#include <vector>

#include <cairn/backend/reference/loop.h>
#include <cairn/backend/reference/reference.h>

namespace cairn {

using namespace reference;

namespace {

// A matrix somewhere in an array.
template <class T> struct Matrix {
  T* first;
  int64_t rows, columns, row_step, column_step;
  Matrix(const Array& x, int64_t offset) : Matrix(x, offset, x.rank()) {}
  T& operator()(int64_t i, int64_t j) const { return first[i * row_step + j * column_step]; }

 private:
  Matrix(const Array& x, int64_t offset, int rank)
      : first(x.ptr<T>() + offset),
        rows(x.size(rank - 2)),
        columns(x.size(rank - 1)),
        row_step(x.strides()[rank - 2]),
        column_step(x.strides()[rank - 1]) {}
};

template <class T, class Sum> Sum widened(T x) {
  if constexpr (std::integral<T>) return static_cast<Sum>(static_cast<int64_t>(x));
  else return static_cast<Wide<T>>(x);
}

// b is widened once, row after row, so that the innermost loop runs over neighbours whatever the strides are.
template <class T> void product(Matrix<T> a, Matrix<T> b, const Array& bias, Matrix<T> y) {
  using Sum = std::conditional_t<std::integral<T>, uint64_t, double>;
  const int64_t m = y.rows, n = y.columns, k = a.columns;
  std::vector<Sum> wide_b(k * n), start(n), sum(n);
  for (int64_t p = 0; p < k; p++)
    for (int64_t j = 0; j < n; j++) wide_b[p * n + j] = widened<T, Sum>(b(p, j));
  if (bias.defined())
    for (int64_t j = 0; j < n; j++) start[j] = widened<T, Sum>(bias.ptr<T>()[j * bias.strides()[0]]);
  for (int64_t i = 0; i < m; i++) {
    sum = start;
    for (int64_t p = 0; p < k; p++) {
      const Sum factor = widened<T, Sum>(a(i, p));
      const Sum* row = wide_b.data() + p * n;
      for (int64_t j = 0; j < n; j++) sum[j] += factor * row[j];
    }
    for (int64_t j = 0; j < n; j++) y(i, j) = convert<T>(sum[j]);
  }
}

}  // namespace

void ReferenceBackend::matmul(const Array& a, const Array& b, Array& y) {
  if (y.dtype() == boolean) unsupported("matmul", "a product", boolean);
  if (a.dtype() != y.dtype()) return matmul(cast_copy(a, y.dtype()), cast_copy(b, y.dtype()), y);
  const int rank = y.rank();
  visit(y.dtype(), [&](auto tag) {
    using T = decltype(tag);
    for_each_index(lines_of(lines_of(y.shape(), rank - 2), rank - 1), {a.strides(), b.strides(), y.strides()},
                   [&](const int64_t* at) { product(Matrix<T>(a, at[0]), Matrix<T>(b, at[1]), {}, Matrix<T>(y, at[2])); });
  });
}

void ReferenceBackend::linear(const Array& x, const Array& w, const Array& bias, Array& y) {
  if (y.dtype() == boolean) unsupported("linear", "a product", boolean);
  const Array transposed = w.transposed(0, 1);
  visit(y.dtype(), [&](auto tag) {
    using T = decltype(tag);
    product(Matrix<T>(x, 0), Matrix<T>(transposed, 0), bias, Matrix<T>(y, 0));
  });
}

}  // namespace cairn
