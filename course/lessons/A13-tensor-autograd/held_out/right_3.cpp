// right
#include <algorithm>
#include <cstddef>
#include <functional>
#include <vector>

namespace {

using List = std::vector<double>;

List part(const List& all, std::size_t start, std::size_t count) {
  return List(all.begin() + std::ptrdiff_t(start), all.begin() + std::ptrdiff_t(start + count));
}

List transposed(const List& x, std::size_t rows, std::size_t columns) {
  List t(x.size());
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < columns; ++c) t[c * rows + r] = x[r * columns + c];
  return t;
}

// [rows, inner] times [inner, columns]
List product(const List& x, const List& y, std::size_t rows, std::size_t inner, std::size_t columns) {
  List z(rows * columns, 0.0);
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t q = 0; q < inner; ++q)
      for (std::size_t c = 0; c < columns; ++c) z[r * columns + c] += x[r * inner + q] * y[q * columns + c];
  return z;
}

void add_to(List& whole, std::size_t start, const List& piece) {
  std::transform(piece.begin(), piece.end(), whole.begin() + std::ptrdiff_t(start), whole.begin() + std::ptrdiff_t(start), std::plus<>{});
}

// Sums over the middle one of three axes.
List sum_middle(const List& x, std::size_t outer, std::size_t size, std::size_t inner) {
  List y(outer * inner, 0.0);
  for (std::size_t o = 0; o < outer; ++o)
    for (std::size_t s = 0; s < size; ++s)
      for (std::size_t i = 0; i < inner; ++i) y[o * inner + i] += x[(o * size + s) * inner + i];
  return y;
}

}  // namespace

void matmul_backward(const std::vector<double>& a, const std::vector<double>& b, const std::vector<double>& dc, std::size_t batch, std::size_t n,
                     std::size_t k, std::size_t m, std::vector<double>& da, std::vector<double>& db) {
  const bool shared = b.size() == k * m;
  for (std::size_t s = batch; s-- > 0;) {
    const std::size_t at_a = s * n * k, at_b = shared ? 0 : s * k * m;
    const List one_a = part(a, at_a, n * k), one_b = part(b, at_b, k * m), one_dc = part(dc, s * n * m, n * m);
    add_to(da, at_a, product(one_dc, transposed(one_b, k, m), n, m, k));
    add_to(db, at_b, product(transposed(one_a, n, k), one_dc, k, n, m));
  }
}

// One axis after the other is summed away, from the left.
void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  std::vector<std::size_t> small(to.size() - from.size(), 1), shape = to;
  small.insert(small.end(), from.begin(), from.end());
  List left = dy;
  for (std::size_t d = 0; d < to.size(); ++d) {
    if (small[d] == shape[d]) continue;
    std::size_t outer = 1, inner = 1;
    for (std::size_t e = 0; e < d; ++e) outer *= shape[e];
    for (std::size_t e = d + 1; e < shape.size(); ++e) inner *= shape[e];
    left = sum_middle(left, outer, shape[d], inner);
    shape[d] = 1;
  }
  for (std::size_t i = 0; i < dx.size(); ++i) dx[i] += left[i];
}
