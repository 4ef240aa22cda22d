// By another way: whole matrices, transposed and multiplied, da = dc b^T and db = a^T dc; and the broadcast undone one axis after the other.
#include <cstddef>
#include <vector>

using Values = std::vector<double>;

Values cut(const Values& x, std::size_t first, std::size_t count) { return Values(x.begin() + long(first), x.begin() + long(first + count)); }

Values transposed(const Values& x, std::size_t rows, std::size_t columns) {
  Values t;
  for (std::size_t j = 0; j < columns; j++)
    for (std::size_t i = 0; i < rows; i++) t.push_back(x[i * columns + j]);
  return t;
}

Values product(const Values& x, const Values& y, std::size_t rows, std::size_t middle, std::size_t columns) {
  Values z(rows * columns);
  for (std::size_t i = 0; i < rows; i++)
    for (std::size_t p = 0; p < middle; p++)
      for (std::size_t j = 0; j < columns; j++) z[i * columns + j] += x[i * middle + p] * y[p * columns + j];
  return z;
}

void matmul_backward(const Values& a, const Values& b, const Values& dc, std::size_t batch, std::size_t n, std::size_t k, std::size_t m, Values& da,
                     Values& db) {
  const std::size_t matrices = b.size() / (k * m);
  for (std::size_t s = 0; s < batch; s++) {
    const std::size_t t = s % matrices;
    const Values one_a = cut(a, s * n * k, n * k), one_b = cut(b, t * k * m, k * m), one_dc = cut(dc, s * n * m, n * m);
    const Values to_a = product(one_dc, transposed(one_b, k, m), n, m, k), to_b = product(transposed(one_a, n, k), one_dc, k, n, m);
    for (std::size_t i = 0; i < to_a.size(); i++) da[s * n * k + i] += to_a[i];
    for (std::size_t i = 0; i < to_b.size(); i++) db[t * k * m + i] += to_b[i];
  }
}

void broadcast_backward(const Values& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to, Values& dx) {
  std::vector<std::size_t> padded(to.size() - from.size(), 1);
  padded.insert(padded.end(), from.begin(), from.end());
  Values left = dy;
  std::size_t inner = 1;
  for (std::size_t axis = to.size(); axis-- > 0; inner *= padded[axis]) {
    if (padded[axis] == to[axis]) continue;
    const std::size_t outer = left.size() / inner / to[axis];
    Values sums(outer * inner);
    for (std::size_t i = 0; i < left.size(); i++) sums[i / (inner * to[axis]) * inner + i % inner] += left[i];
    left = sums;
  }
  for (std::size_t i = 0; i < dx.size(); i++) dx[i] += left[i];
}
