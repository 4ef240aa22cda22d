// right
#include <cstddef>
#include <vector>

void matmul_backward(const std::vector<double>& a, const std::vector<double>& b, const std::vector<double>& dc, std::size_t batch, std::size_t n,
                     std::size_t k, std::size_t m, std::vector<double>& da, std::vector<double>& db) {
  const std::size_t step = b.size() == k * m ? 0 : k * m;  // from one B to the next
  // da = dc B^T
  for (std::size_t s = 0; s < batch; ++s)
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t p = 0; p < k; ++p) {
        double sum = 0;
        for (std::size_t j = 0; j < m; ++j) sum += dc[(s * n + i) * m + j] * b[s * step + p * m + j];
        da[(s * n + i) * k + p] += sum;
      }
  // db = A^T dc
  for (std::size_t s = 0; s < batch; ++s)
    for (std::size_t p = 0; p < k; ++p)
      for (std::size_t j = 0; j < m; ++j) {
        double sum = 0;
        for (std::size_t i = 0; i < n; ++i) sum += a[(s * n + i) * k + p] * dc[(s * n + i) * m + j];
        db[s * step + p * m + j] += sum;
      }
}

void broadcast_backward(const std::vector<double>& dy, const std::vector<std::size_t>& from, const std::vector<std::size_t>& to,
                        std::vector<double>& dx) {
  // For each axis of y: how far a step along it goes in x, 0 where x was repeated.
  const std::size_t axes = to.size(), lacking = to.size() - from.size();
  std::vector<std::size_t> stride(axes, 0), at(axes, 0);
  std::size_t size = 1;
  for (std::size_t d = axes; d-- > lacking;) {
    if (from[d - lacking] > 1) stride[d] = size;
    size *= from[d - lacking];
  }
  for (const double g : dy) {
    std::size_t place = 0;
    for (std::size_t d = 0; d < axes; ++d) place += at[d] * stride[d];
    dx[place] += g;
    for (std::size_t d = axes; d-- > 0;) {
      if (++at[d] < to[d]) break;
      at[d] = 0;
    }
  }
}
